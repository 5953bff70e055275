package io.scrutin.event;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The streams, declared once. All are kept on file under limits retention (work-queue retention
 * forgets message ids, so a retried cast would be taken twice) and refuse what does not fit.
 */
public enum StreamName {
  /**
   * What submit took in, apart from what follows from it: a stream that is full of casts could not
   * take the events that its casts lead to, and would never be worked off.
   */
  CASTS(Duration.ZERO, true),
  /** Kept until the result is certified, like the casts; sized so that it fills after them. */
  VOTES(Duration.ZERO, true),
  REGISTRY(Duration.ZERO, true),
  ACCOUNTS(Duration.ofDays(30), true),
  NOTIFY(Duration.ofDays(1), false),
  PARKED(Duration.ZERO, true),
  /** Request/reply and wakes: carried by core NATS or not at all. */
  NONE(Duration.ZERO, false);

  private final Duration maxAge;
  private final boolean onFile;

  StreamName(Duration maxAge, boolean onFile) {
    this.maxAge = maxAge;
    this.onFile = onFile;
  }

  /** Zero keeps messages until they are purged. */
  public Duration maxAge() {
    return maxAge;
  }

  public boolean onFile() {
    return onFile;
  }

  /** Streams of two environments on one broker do not meet. */
  public String in(String environment) {
    return environment + "-" + name();
  }

  public List<String> subjects(String environment) {
    return Arrays.stream(EventType.values())
        .filter(type -> type.stream() == this)
        .map(type -> type.subject(environment))
        .toList();
  }

  public boolean isUsed() {
    return this != NONE && Arrays.stream(EventType.values()).anyMatch(t -> t.stream() == this);
  }
}
