package io.scrutin.standalone;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a function has a process, who needs it, and what is to be done about it. A request is
 * counted from its arrival to its answer, so that a stop is never decided over somebody's head.
 *
 * @param waiting requests that are here and not passed on yet
 * @param inFlight requests that were passed on and are not answered yet
 * @param lastUse when the last request was answered, or the process became ready
 * @param deaths of processes that nobody stopped
 * @param failures deaths since a request was answered
 * @param notBefore when the next process may be started
 */
record Wakefulness(
    Phase phase,
    int waiting,
    int inFlight,
    Instant lastUse,
    int deaths,
    int failures,
    Instant notBefore) {
  /** There is at most one process: in all phases but {@code ASLEEP}. */
  enum Phase {
    ASLEEP,
    STARTING,
    AWAKE,
    STOPPING
  }

  /** What the one who keeps the process does next. */
  enum Decision {
    START,
    STOP,
    KEEP
  }

  /** On Knative a pod that keeps dying is tried again after up to five minutes. */
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);

  Wakefulness {
    if (waiting < 0 || inFlight < 0 || failures < 0 || deaths < failures) {
      throw new IllegalArgumentException("fewer than none: " + waiting + ", " + inFlight);
    }
    if (phase == Phase.STOPPING && inFlight > 0) {
      throw new IllegalArgumentException("a process is stopped that somebody waits for");
    }
  }

  static Wakefulness asleep(Instant now) {
    return new Wakefulness(Phase.ASLEEP, 0, 0, now, 0, 0, now);
  }

  int requests() {
    return waiting + inFlight;
  }

  /** Nobody is held while a new start would be too early. */
  boolean isBarred(Instant now) {
    return phase == Phase.ASLEEP && now.isBefore(notBefore);
  }

  Decision decide(Instant now, Duration idle) {
    return switch (phase) {
      case ASLEEP -> waiting > 0 && !isBarred(now) ? Decision.START : Decision.KEEP;
      case AWAKE ->
          requests() == 0 && !now.isBefore(lastUse.plus(idle)) ? Decision.STOP : Decision.KEEP;
      case STARTING, STOPPING -> Decision.KEEP;
    };
  }

  /** How long the decision holds if nobody comes and nothing ends. */
  Duration holdsFor(Instant now, Duration idle) {
    return switch (phase) {
      case ASLEEP -> waiting > 0 ? atLeastNothing(Duration.between(now, notBefore)) : idle;
      case AWAKE ->
          requests() == 0 ? atLeastNothing(Duration.between(now, lastUse.plus(idle))) : idle;
      case STARTING, STOPPING -> idle;
    };
  }

  private static Duration atLeastNothing(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  Wakefulness arrive() {
    return with(phase, waiting + 1, inFlight, lastUse);
  }

  Wakefulness giveUp() {
    return with(phase, waiting - 1, inFlight, lastUse);
  }

  Wakefulness enter() {
    require(Phase.AWAKE);
    return with(phase, waiting - 1, inFlight + 1, lastUse);
  }

  /**
   * @param answered whether by the function, which is then none that only ever dies
   */
  Wakefulness leave(Instant now, boolean answered) {
    int left = answered ? 0 : failures;
    return new Wakefulness(phase, waiting, inFlight - 1, now, deaths, left, notBefore);
  }

  Wakefulness start() {
    require(Phase.ASLEEP);
    return with(Phase.STARTING, waiting, inFlight, lastUse);
  }

  Wakefulness ready(Instant now) {
    require(Phase.STARTING);
    return with(Phase.AWAKE, waiting, inFlight, now);
  }

  Wakefulness stop() {
    require(Phase.AWAKE);
    return with(Phase.STOPPING, waiting, inFlight, lastUse);
  }

  Wakefulness stopped() {
    require(Phase.STOPPING);
    return with(Phase.ASLEEP, waiting, inFlight, lastUse);
  }

  /** Its process ended, while it started or at work, and nobody had told it to. */
  Wakefulness died(Instant now) {
    if (phase != Phase.STARTING && phase != Phase.AWAKE) {
      throw new IllegalStateException("no process dies while " + phase);
    }
    return new Wakefulness(
        Phase.ASLEEP,
        waiting,
        inFlight,
        lastUse,
        deaths + 1,
        failures + 1,
        now.plus(backoff(failures)));
  }

  private static Duration backoff(int failures) {
    Duration doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures, 10));
    return doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
  }

  private void require(Phase expected) {
    if (phase != expected) {
      throw new IllegalStateException(phase + ", not " + expected);
    }
  }

  private Wakefulness with(Phase phase, int waiting, int inFlight, Instant lastUse) {
    return new Wakefulness(phase, waiting, inFlight, lastUse, deaths, failures, notBefore);
  }
}
