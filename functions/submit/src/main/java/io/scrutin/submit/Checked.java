package io.scrutin.submit;

import io.scrutin.web.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What {@link CheckVote} says of a request to vote. */
sealed interface Checked {
  record Valid(Ballot ballot) implements Checked {}

  record Malformed(Form.Fault fault) implements Checked {}

  record WrongFields(List<WrongField> fields) implements Checked {
    public WrongFields {
      fields = List.copyOf(fields);
    }
  }

  record UnknownLaw() implements Checked {}

  record NotYetOpen(Instant opensAt, Duration remaining) implements Checked {}

  /** Open by what submit knows of the broker's time, and perhaps not yet by its stamp. */
  record Opening(Ballot ballot, Duration remaining) implements Checked {}

  /** In form, but after the end: it may still be the retry of a vote that came in time. */
  record Over(Ballot ballot, Instant closedAt) implements Checked {}

  record WrongField(String name, Wrong wrong) {}

  /** What is wrong with a field; the text for each is in the messages. */
  enum Wrong {
    MISSING("missing"),
    WRONG_TYPE("wrong-type"),
    UNKNOWN("unknown"),
    INVALID_NAS("invalid-nas"),
    INVALID_CODE("invalid-code"),
    UNKNOWN_LAW("unknown-law"),
    NOT_ON_BALLOT("not-on-ballot"),
    INVALID_KEY("invalid-idempotency-key");

    private final String code;

    Wrong(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }
}
