package io.scrutin.chaos;

/** A promise that was not kept. */
record Breach(Promise promise, String what) {
  /** What is promised, by how it is broken. */
  enum Promise {
    LOST("a vote that was promised has no outcome, or no ballot"),
    DOUBLE("a voter counts twice, or a vote has two outcomes"),
    PHANTOM("a vote is recorded that nobody sent"),
    WRONG_REFUSAL("somebody was refused who should not have been"),
    WRONG_CHOICE("a ballot says something else than its voter"),
    LATE("a vote counts that came after the end"),
    COUNT_FELL("a count became smaller"),
    UNSETTLED("asking again with the same key settled nothing"),
    NOT_DRAINED("votes were still on their way a minute after everything was healed"),
    PARKED("something is parked that is no poison, or poison is not"),
    BOOKS("the books do not balance"),
    KEPT_BY_NOBODY("a vote was promised while the broker was away"),
    NOT_KEPT("a vote was refused that the broker could have kept"),
    NOT_REPLACED("a voter whose vote was lost with the broker's tail cannot vote again"),
    SECRET("a credential, a choice or a key is where it must not be");

    private final String says;

    Promise(String says) {
      this.says = says;
    }

    String says() {
      return says;
    }
  }
}
