package io.scrutin.standalone;

import io.scrutin.standalone.Wakefulness.Decision;
import io.scrutin.standalone.Wakefulness.Phase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a function's process while it is needed. One thread starts and stops it, so there are never
 * two; what is decided is decided under one lock, so no request slips between a decision and its
 * stop.
 */
final class Sleeper implements AutoCloseable {
  /** How a process of the function is started. */
  interface Starting {
    FunctionProcess start() throws IOException;
  }

  /** Whether a request may be passed on. */
  sealed interface Admission {
    /**
     * @param waked whether this request made the process start
     */
    record Enter(URI function, boolean waked) implements Admission {}

    /** Not now; ask again after that time. */
    record Later(Duration after) implements Admission {}
  }

  /**
   * @param idle how long a process is kept that nobody calls
   * @param patience how long a request is held
   * @param requests how many there may be at once, held or passed on
   */
  record Bounds(Duration idle, Duration patience, int requests) {}

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Starting starting;
  private final Bounds bounds;
  private final UseLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread keeper;
  private Wakefulness state = Wakefulness.asleep(Instant.now());
  private volatile @Nullable FunctionProcess process;
  private volatile long startedNanos;
  private boolean closed;

  Sleeper(Starting starting, Bounds bounds, UseLog log) {
    this.starting = starting;
    this.bounds = bounds;
    this.log = log;
    this.keeper = Thread.ofVirtual().start(this::keep);
  }

  /** Holds the caller until the function is awake; one that entered must leave. */
  Admission enter() throws InterruptedException {
    lock.lock();
    try {
      Instant now = Instant.now();
      if (closed || state.requests() >= bounds.requests()) {
        return new Admission.Later(SOON);
      }
      if (state.isBarred(now)) {
        return new Admission.Later(Duration.between(now, state.notBefore()));
      }
      boolean wakes = state.phase() == Phase.ASLEEP && state.waiting() == 0;
      int deaths = state.deaths();
      become(state.arrive());
      try {
        awaitAwake(deaths);
      } catch (InterruptedException stopping) {
        become(state.giveUp());
        throw stopping;
      }
      FunctionProcess awake = process;
      if (state.phase() != Phase.AWAKE || awake == null) {
        become(state.giveUp());
        return new Admission.Later(SOON);
      }
      become(state.enter());
      return new Admission.Enter(awake.url(), wakes);
    } finally {
      lock.unlock();
    }
  }

  /** Or until it is clear that waiting longer will not help. */
  private void awaitAwake(int deaths) throws InterruptedException {
    long left = bounds.patience().toNanos();
    while (state.phase() != Phase.AWAKE && state.deaths() == deaths && !closed && left > 0) {
      left = changed.awaitNanos(left);
    }
  }

  void leave(boolean answered) {
    update(now -> now.leave(Instant.now(), answered));
  }

  private void update(UnaryOperator<Wakefulness> change) {
    lock.lock();
    try {
      become(change.apply(state));
    } finally {
      lock.unlock();
    }
  }

  private void become(Wakefulness next) {
    state = next;
    changed.signalAll();
  }

  private void keep() {
    try {
      for (Optional<Decision> next = next(); next.isPresent(); next = next()) {
        switch (next.get()) {
          case START -> start();
          case STOP -> stop();
          case KEEP -> {}
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits while there is nothing to do; empty when there never will be again. */
  private Optional<Decision> next() throws InterruptedException {
    lock.lock();
    try {
      if (closed) {
        return Optional.empty();
      }
      Instant now = Instant.now();
      Decision decision = state.decide(now, bounds.idle());
      switch (decision) {
        case START -> become(state.start());
        case STOP -> become(state.stop());
        case KEEP -> {
          long nanos = state.holdsFor(now, bounds.idle()).plusMillis(1).toNanos();
          boolean _ = changed.await(nanos, TimeUnit.NANOSECONDS);
        }
      }
      return Optional.of(decision);
    } finally {
      lock.unlock();
    }
  }

  private void start() throws InterruptedException {
    startedNanos = System.nanoTime();
    @Nullable FunctionProcess begun = null;
    try {
      begun = starting.start();
      process = begun;
      begun.awaitReady();
      log.woke(lived());
      update(now -> now.ready(Instant.now()));
      FunctionProcess awake = begun;
      var _ = awake.onExit().thenRun(() -> ended(awake));
    } catch (IOException failure) {
      if (begun != null) {
        begun.close();
      }
      process = null;
      log.died(lived(), String.valueOf(failure.getMessage()));
      update(now -> now.died(Instant.now()));
    }
  }

  /** At work; while it starts or stops, the keeper sees for itself. */
  private void ended(FunctionProcess dead) {
    lock.lock();
    try {
      if (process == dead && state.phase() == Phase.AWAKE && !closed) {
        process = null;
        log.died(lived(), "its process ended while it was at work; see its log");
        become(state.died(Instant.now()));
      }
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    FunctionProcess idling = process;
    if (idling != null) {
      Duration cost = idling.cpu();
      idling.close();
      process = null;
      log.slept(lived(), cost);
    }
    update(Wakefulness::stopped);
  }

  private Duration lived() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  FunctionUse use() {
    lock.lock();
    try {
      FunctionProcess current = process;
      return log.use(
          current == null ? Duration.ZERO : lived(),
          current == null ? Duration.ZERO : current.cpu(),
          state.deaths(),
          state.phase() == Phase.ASLEEP);
    } finally {
      lock.unlock();
    }
  }

  void answered(Duration sinceAsked) {
    log.answered(sinceAsked);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      if (state.phase() == Phase.STARTING) {
        keeper.interrupt();
      }
    } finally {
      lock.unlock();
    }
    try {
      keeper.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    FunctionProcess left = process;
    if (left != null) {
      left.close();
    }
  }
}
