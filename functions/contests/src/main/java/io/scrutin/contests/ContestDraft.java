package io.scrutin.contests;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A contest as somebody wrote it down, unchecked. */
record ContestDraft(
    @Nullable String law,
    @Nullable String titleFr,
    @Nullable String titleEn,
    @Nullable String questionFr,
    @Nullable String questionEn,
    List<ChoiceDraft> choices,
    @Nullable String opens,
    @Nullable String closes,
    @Nullable String policy,
    @Nullable String groupSize,
    @Nullable String tagScheme,
    boolean groupOfOneAllowed) {
  record ChoiceDraft(@Nullable String id, @Nullable String fr, @Nullable String en) {}

  ContestDraft {
    choices = List.copyOf(choices);
  }
}
