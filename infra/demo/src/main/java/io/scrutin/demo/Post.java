package io.scrutin.demo;

import org.jspecify.annotations.Nullable;

/**
 * One request to vote.
 *
 * @param voter their place on the roll; -1 for somebody who is not on it
 * @param choice what the ballot says; a choice that does not exist, in some malformed posts
 * @param key the Idempotency-Key
 */
record Post(Kind kind, int voter, String choice, @Nullable String key, String body) {
  /** Why it is sent, and what an honest system makes of it. */
  enum Kind {
    FIRST("first votes", "recorded"),
    RACE("four posts at once from each of some voters", "1 recorded, 3 duplicates each"),
    UNKNOWN("credentials that are not on the roll", "rejected"),
    WRONG_CODE("right NAS, wrong code", "rejected"),
    MALFORMED("malformed posts", "refused at once"),
    DUPLICATE("second votes, half of them for the other choice", "duplicate"),
    RETRY("retries with the same key, some with another choice", "the same vote"),
    LATE("votes after the end", "refused, or rejected"),
    LATE_RETRY("retries after the end of votes that came in time", "the same vote");

    private final String what;
    private final String expected;

    Kind(String what, String expected) {
      this.what = what;
      this.expected = expected;
    }

    String what() {
      return what;
    }

    String expected() {
      return expected;
    }
  }

  @Override
  public String toString() {
    return "post of " + kind;
  }
}
