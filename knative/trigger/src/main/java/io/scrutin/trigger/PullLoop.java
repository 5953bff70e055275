package io.scrutin.trigger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a binding pulling, whatever happens to its connection or its durable. */
final class PullLoop {
  private static final Logger LOG = LoggerFactory.getLogger(PullLoop.class);

  /** A connection or a durable that is lost sooner, again and again, is no accident. */
  private static final Duration LASTING = Duration.ofMinutes(1);

  /** Pulls until the intake is closed or the binding stops. */
  interface Pulling {
    void pull(Intake intake) throws InterruptedException;
  }

  /** Gets the durable ready, and fails while that cannot be done. */
  interface Opening {
    Intake open() throws Exception;
  }

  private final String name;
  private final Opening opening;
  private final Pulling pulling;
  private final Backoff backoff;
  private final Time time;
  private final StopSignal stop;
  private final InFlight inFlight;
  private final Thread thread;
  private volatile @Nullable Intake intake;

  PullLoop(
      String name,
      Opening opening,
      Pulling pulling,
      Backoff backoff,
      Time time,
      StopSignal stop,
      InFlight inFlight) {
    this.name = name;
    this.opening = opening;
    this.pulling = pulling;
    this.backoff = backoff;
    this.time = time;
    this.stop = stop;
    this.inFlight = inFlight;
    this.thread = Thread.ofVirtual().name("pull-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The connection is another one: pulls under way are lost, and the durable must be checked. */
  void reopen() {
    Intake open = intake;
    if (open != null) {
      open.close();
    }
  }

  /** Takes what the broker has sent already, then no more, and lets nobody begin another call. */
  void drain(Duration patience) throws InterruptedException {
    stop.set();
    inFlight.stop();
    Intake open = intake;
    if (open != null) {
      open.drain();
    }
    if (!thread.join(patience)) {
      thread.interrupt();
      thread.join();
    }
  }

  private void run() {
    int failures = 0;
    int losses = 0;
    while (!stop.isSet()) {
      long begun = time.nanoTime();
      try (Intake opened = opening.open()) {
        failures = 0;
        intake = opened;
        pulling.pull(opened);
        losses = time.nanoTime() - begun < LASTING.toNanos() ? losses + 1 : 0;
      } catch (InterruptedException stopping) {
        return;
      } catch (Exception failure) {
        if (failures++ == 0) {
          LOG.warn("{}: cannot pull, trying until it can: {}", name, failure.toString());
        }
      }
      // The first loss is made good at once: events wait.
      if ((failures > 0 || losses > 1) && paused(Math.max(failures, losses - 1))) {
        return;
      }
    }
  }

  private boolean paused(int failures) {
    try {
      return stop.pause(backoff.jittered(failures, time.chance()));
    } catch (InterruptedException stopping) {
      return true;
    }
  }
}
