package io.scrutin.broker;

import io.nats.client.JetStreamApiException;
import java.util.Set;

/** The broker did not take an event. It may have it all the same when the answer was lost. */
public final class BrokerRefused extends RuntimeException {
  public enum Why {
    /** It does not answer, or not in time. */
    AWAY,
    /** The stream has no room: it refuses the new rather than forget the old. */
    FULL
  }

  /**
   * Account's limits, insufficient resources, memory or storage reserved, and a store that failed:
   * at its maximum of messages or bytes, or on a full disk.
   */
  private static final Set<Integer> FULL_ERRORS = Set.of(10002, 10023, 10028, 10047, 10077);

  private final Why why;

  public BrokerRefused(Why why, String message) {
    super(message);
    this.why = why;
  }

  public BrokerRefused(Why why, Throwable cause) {
    super("the broker is " + why, cause);
    this.why = why;
  }

  /**
   * What a failed publish or request means to whoever waits for it. The client wraps the broker's
   * answer, once or twice.
   */
  static BrokerRefused because(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokerRefused refused) {
        return refused;
      }
      if (cause instanceof JetStreamApiException answer) {
        boolean full = FULL_ERRORS.contains(answer.getApiErrorCode());
        return new BrokerRefused(full ? Why.FULL : Why.AWAY, answer);
      }
    }
    return new BrokerRefused(Why.AWAY, failure);
  }

  public Why why() {
    return why;
  }
}
