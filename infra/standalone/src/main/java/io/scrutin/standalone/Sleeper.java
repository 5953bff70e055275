package io.scrutin.standalone;

import io.scrutin.standalone.Wakefulness.Decision;
import io.scrutin.standalone.Wakefulness.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Starting starting;
  private final Bounds bounds;
  private final UseLog log;
  private final Consumer<Decision> decided;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread keeper;
  private volatile Wakefulness state = Wakefulness.asleep(Instant.now());
  private volatile @Nullable FunctionProcess process;
  private volatile long startedNanos;
  private boolean closed;

  /**
   * @param decided is told each decision under the lock, before anything comes of it
   */
  Sleeper(Starting starting, Bounds bounds, UseLog log, Consumer<Decision> decided) {
    this.starting = starting;
    this.bounds = bounds;
    this.log = log;
    this.decided = decided;
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
      decided.accept(decision);
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
    String said;
    try {
      FunctionProcess awake = starting.start();
      process = awake;
      awake.awaitReady();
      said = log.woke(lived());
      update(now -> now.ready(Instant.now()));
      var _ = awake.onExit().thenRun(() -> ended(awake));
    } catch (IOException | RuntimeException failure) {
      close(process);
      process = null;
      said = log.died(lived(), failure.toString());
      update(now -> now.died(Instant.now()));
    }
    log.say(said);
  }

  /** At work; while it starts or stops, the keeper sees for itself. */
  private void ended(FunctionProcess dead) {
    String said;
    lock.lock();
    try {
      if (process != dead || state.phase() != Phase.AWAKE || closed) {
        return;
      }
      process = null;
      said = log.died(lived(), "its process ended while it was at work; see its log");
      become(state.died(Instant.now()));
    } finally {
      lock.unlock();
    }
    log.say(said);
  }

  private void stop() {
    Duration cost = close(process);
    String said = log.slept(lived(), cost);
    process = null;
    update(Wakefulness::stopped);
    log.say(said);
  }

  /** Never throws: a keeper that dies would hold every later caller in vain. */
  private Duration close(@Nullable FunctionProcess ending) {
    Duration cost = Duration.ZERO;
    try {
      if (ending != null) {
        cost = ending.cpu();
        ending.close();
      }
    } catch (RuntimeException failure) {
      log.say(log.troubled(failure));
    }
    return cost;
  }

  private Duration lived() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  int requests() {
    return state.requests();
  }

  FunctionUse use() {
    lock.lock();
    try {
      FunctionProcess now = process;
      Duration lived = now == null ? Duration.ZERO : lived();
      Duration cpu = now == null ? Duration.ZERO : now.cpu();
      return log.use(lived, cpu, state.deaths(), state.phase() == Phase.ASLEEP);
    } finally {
      lock.unlock();
    }
  }

  void answered(Duration sinceAsked) {
    log.say(log.answered(sinceAsked));
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
    close(process);
  }
}
