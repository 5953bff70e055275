package io.scrutin.broker;

/** The broker did not take an event. It may have it all the same when the answer was lost. */
public final class BrokerRefused extends RuntimeException {
  public enum Why {
    /** It does not answer, or not in time. */
    AWAY,
    /** The stream has no room: it refuses the new rather than forget the old. */
    FULL
  }

  private final Why why;

  public BrokerRefused(Why why, String message) {
    super(message);
    this.why = why;
  }

  public BrokerRefused(Why why, Throwable cause) {
    super("the broker is " + why, cause);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
