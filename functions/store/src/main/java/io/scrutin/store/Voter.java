package io.scrutin.store;

import io.scrutin.event.Tag;
import io.scrutin.event.VoteAccepted;
import java.util.Comparator;

/** A voter in a contest: the key of {@code store.participation}. */
record Voter(String lawId, Tag tag) implements Comparable<Voter> {
  private static final Comparator<Voter> ORDER =
      Comparator.comparing(Voter::lawId).thenComparing(Voter::tag);

  static Voter of(VoteAccepted vote) {
    return new Voter(vote.lawId(), vote.tag());
  }

  @Override
  public int compareTo(Voter other) {
    return ORDER.compare(this, other);
  }
}
