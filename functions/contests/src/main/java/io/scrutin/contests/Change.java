package io.scrutin.contests;

import io.scrutin.event.ContestFact;
import java.util.List;

/** What {@link ChangeContest} says of a wish to change a contest. */
sealed interface Change {
  /**
   * @param facts what everybody is to be told, in this order
   */
  record Done(ContestRow row, List<ContestFact> facts) implements Change {
    public Done {
      facts = List.copyOf(facts);
    }
  }

  /** It is so already. */
  record NothingToDo(ContestRow row) implements Change {}

  /** The rules are against it. */
  record Refused(Reason reason, String detail) implements Change {}

  /** Why, for whoever reads it by a program; the detail is for people. */
  enum Reason {
    UNKNOWN_LAW("unknown-law"),
    EXISTS("exists"),
    NEVER_OPENED("never-opened"),
    OPENING_PAST("opening-past"),
    TOO_SOON("too-soon"),
    LATER_THAN_PLANNED("later-than-planned"),
    ALREADY_OVER("already-over"),
    NOT_OVER("not-over"),
    NOT_SETTLED("not-settled"),
    CONSUMER_BEHIND("consumer-behind"),
    ROLL_INCOMPLETE("roll-incomplete"),
    VOTES_WITHOUT_OUTCOME("votes-without-outcome"),
    ENVELOPES_WAIT("envelopes-wait"),
    COUNTS_DIFFER("counts-differ"),
    BOOKS_DIFFER("books-differ");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }
}
