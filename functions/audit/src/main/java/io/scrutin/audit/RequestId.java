package io.scrutin.audit;

import io.scrutin.event.VoteId;
import java.util.Optional;
import java.util.regex.Pattern;

/** A vote id as voters know it. */
final class RequestId {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{32}");

  private RequestId() {}

  static Optional<VoteId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(VoteId.parse(text)) : Optional.empty();
  }
}
