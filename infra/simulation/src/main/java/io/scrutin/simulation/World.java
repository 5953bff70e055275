package io.scrutin.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs all processes of a simulation on the thread that calls {@link #run}: one thread of one of
 * them at a time, chosen by the seed whenever the one before waits. Time stands still as long as
 * any can go on, and then jumps to the next timer.
 *
 * <p>The threads are the product's own virtual threads. Those of a process share its scheduler,
 * which hands each that can go on to this class; whatever they wait for inside the process (a lock,
 * a queue, a future) is the JDK's.
 */
final class World {
  /** So much happens in no seed that ends. */
  private static final long MOST_TURNS = 20_000_000;

  private static final long LONGEST_BLOCKED_NANOS = 5_000_000_000L;

  private static final Comparator<Known> BY_NUMBER = Comparator.comparingLong(Known::number);

  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  /**
   * @param number in the order in which threads were started: who woke them first does not matter
   */
  private record Known(long number, SimulatedProcess process, Runnable task, Thread thread) {}

  /** The machine's own time or threads reached in: nothing that a seed could repeat. */
  static final class Disturbed extends RuntimeException {
    Disturbed(String how) {
      super(how);
    }
  }

  /** Something that happens by itself at a moment. */
  static final class Timer {
    private final long at;
    private final long number;
    private @Nullable Runnable action;

    private Timer(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    void cancel() {
      action = null;
    }
  }

  private final Chance chance;
  private final Thread carrier = Thread.currentThread();

  /** In the order of their numbers. A few at a time, of which any may be next. */
  private final List<Known> ready = new ArrayList<>();

  private final IdentityHashMap<Runnable, Known> threads = new IdentityHashMap<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          (a, b) -> a.at == b.at ? Long.compare(a.number, b.number) : Long.compare(a.at, b.at));
  private final Map<String, Integer> starts = new HashMap<>();
  private final Trace trace = new Trace();

  /** Those that the JDK's own threads say can go on. */
  private final Queue<Runnable> unblocked = new ConcurrentLinkedQueue<>();

  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final List<Runnable> whenOver = new ArrayList<>();
  private long now;
  private long numbers;
  private long turns;
  private @Nullable SimulatedProcess current;

  World(long seed) {
    this.chance = Chance.of(seed);
  }

  Chance chance() {
    return chance;
  }

  Trace trace() {
    return trace;
  }

  long nanos() {
    return now;
  }

  Instant instant() {
    return START.plusNanos(now);
  }

  /** The process whose thread runs; nothing while a timer's action does. */
  @Nullable SimulatedProcess current() {
    return current;
  }

  /** Each start of a process has a name of its own. */
  SimulatedProcess process(String role) {
    SimulatedProcess process =
        new SimulatedProcess(this, role + "." + starts.merge(role, 1, Integer::sum));
    processes.add(process);
    return process;
  }

  Timer after(Duration duration, Runnable action) {
    return at(now + Math.max(0, duration.toNanos()), action);
  }

  private Timer at(long nanos, Runnable action) {
    Timer timer = new Timer(nanos, numbers++, action);
    timers.add(timer);
    return timer;
  }

  /** The calling thread goes on after this long, or when unparked. */
  void park(long nanos) {
    Thread thread = Thread.currentThread();
    Timer timer = at(now + Math.max(0, nanos), () -> LockSupport.unpark(thread));
    LockSupport.park();
    timer.cancel();
  }

  void sleep(Duration duration) {
    long end = now + duration.toNanos();
    while (now < end) {
      park(end - now);
    }
  }

  /** A virtual thread of a process can go on. */
  void ready(SimulatedProcess process, Runnable thread) {
    if (Thread.currentThread() != carrier && !Thread.currentThread().isVirtual()) {
      unblocked.add(thread);
      return;
    }
    Known known =
        threads.computeIfAbsent(
            thread, _ -> new Known(numbers++, process, thread, VirtualThreads.of(thread)));
    int place = place(known);
    if (place < 0) {
      ready.add(-place - 1, known);
    }
  }

  private int place(Known known) {
    return Collections.binarySearch(ready, known, BY_NUMBER);
  }

  /** Its threads stop where they are, without a last word. */
  void forget(SimulatedProcess process) {
    ready.removeIf(waiting -> waiting.process() == process);
  }

  /** To be done when nobody goes on. */
  void whenOver(Runnable last) {
    whenOver.add(last);
  }

  /** Nobody goes on: late timers of the JDK find nobody to wake. */
  void end() {
    processes.forEach(SimulatedProcess::leave);
    whenOver.forEach(Runnable::run);
    whenOver.clear();
    processes.clear();
    ready.clear();
    timers.clear();
    threads.clear();
  }

  /** Until it is over. */
  void run(BooleanSupplier over) {
    while (!over.getAsBoolean()) {
      if (!unblocked.isEmpty()) {
        throw new Disturbed("a thread was woken from outside");
      }
      if (++turns > MOST_TURNS) {
        throw new IllegalStateException("it does not end");
      }
      if (!ready.isEmpty()) {
        turn();
      } else {
        tick();
      }
    }
  }

  private void turn() {
    Known next = ready.remove(ready.size() == 1 ? 0 : chance.nextInt(ready.size()));
    trace.add(next.number());
    current = next.process();
    try {
      next.task().run();
      awaitUnblocked(next);
    } finally {
      current = null;
    }
    if (next.thread().getState() == Thread.State.TERMINATED) {
      threads.remove(next.task());
    }
  }

  /**
   * Worlds beside this one use the same classes. A thread that meets one of them at a monitor of
   * these waits for a moment of the machine's time, and goes on as if it had not.
   */
  private void awaitUnblocked(Known turn) {
    Thread thread = turn.thread();
    long end = 0;
    while (turn.process().isAlive()) {
      if (!unblocked.isEmpty() && unblocked.remove(turn.task())) {
        turn.task().run();
        continue;
      }
      Thread.State state = thread.getState();
      if (state == Thread.State.BLOCKED || (state == Thread.State.RUNNABLE && place(turn) < 0)) {
        long now = System.nanoTime();
        end = end == 0 ? now + LONGEST_BLOCKED_NANOS : end;
        if (now - end > 0) {
          throw new Disturbed(turn.process().name() + " waits for a monitor: " + thread.getName());
        }
        Thread.onSpinWait();
      } else {
        return;
      }
    }
  }

  private void tick() {
    Timer timer = timers.poll();
    if (timer == null) {
      throw new IllegalStateException("everybody waits, and for nothing");
    }
    Runnable action = timer.action;
    if (action != null) {
      now = timer.at;
      trace.add(now);
      action.run();
    }
  }

  /** The clock of one machine, which may be off. */
  final class MachineClock extends Clock {
    private Duration off = Duration.ZERO;

    void step(Duration by) {
      off = off.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return World.this.instant().plus(off);
    }
  }
}
