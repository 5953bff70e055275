package io.scrutin.audit;

import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What audit writes down of one event. */
sealed interface Note {
  /**
   * A vote has come to a stage.
   *
   * @param at when the broker took the event in, or, had it no stamp, when it was made
   * @param reason a code, for rejected and parked votes
   * @param tag whose attempt it is, for duplicates only: the trail itself never holds it
   */
  record OfVote(
      VoteId voteId,
      Stage stage,
      String lawId,
      Instant at,
      @Nullable String reason,
      @Nullable Tag tag)
      implements Note {
    public OfVote {
      if ((tag != null) != (stage == Stage.DUPLICATED)) {
        throw new IllegalArgumentException("duplicates, and only they, are counted by voter");
      }
    }

    Key key() {
      return new Key(voteId, stage);
    }

    Voter voter() {
      if (tag == null) {
        throw new IllegalStateException("only of duplicates is the voter known");
      }
      return new Voter(lawId, tag);
    }
  }

  /**
   * A change in a contest's life.
   *
   * @param at when it was made: an outbox may publish it twice, and the stamps would differ
   */
  record OfContest(String lawId, String what, Instant at) implements Note {}

  /** A vote comes to a stage once, however often the event comes. */
  record Key(VoteId voteId, Stage stage) {}
}
