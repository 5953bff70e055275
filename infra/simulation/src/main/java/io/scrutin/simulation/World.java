package io.scrutin.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
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

  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private record Ready(SimulatedProcess process, Runnable thread) {}

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

  /** By thread, in the order in which threads were started: who woke them first does not matter. */
  private final TreeMap<Long, Ready> ready = new TreeMap<>();

  private final IdentityHashMap<Runnable, Long> threads = new IdentityHashMap<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          (a, b) -> a.at == b.at ? Long.compare(a.number, b.number) : Long.compare(a.at, b.at));
  private final Map<String, Integer> starts = new HashMap<>();
  private final Trace trace = new Trace();

  /** Those that the JDK's own threads say can go on. */
  private final Queue<Runnable> unblocked = new ConcurrentLinkedQueue<>();

  private final List<SimulatedProcess> processes = new ArrayList<>();
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
    ready.put(threads.computeIfAbsent(thread, _ -> numbers++), new Ready(process, thread));
  }

  /** Its threads stop where they are, without a last word. */
  void forget(SimulatedProcess process) {
    ready.values().removeIf(waiting -> waiting.process() == process);
  }

  /** Nobody goes on: late timers of the JDK find nobody to wake. */
  void end() {
    processes.forEach(SimulatedProcess::leave);
    processes.clear();
    ready.clear();
    timers.clear();
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
    List<Long> choices = new ArrayList<>(ready.keySet());
    Long chosen = choices.get(choices.size() == 1 ? 0 : chance.nextInt(choices.size()));
    Ready next = Objects.requireNonNull(ready.remove(chosen));
    trace.add(chosen);
    current = next.process();
    try {
      next.thread().run();
      awaitUnblocked(next);
    } finally {
      current = null;
    }
  }

  /**
   * Worlds beside this one use the same classes. A thread that meets one of them at a monitor of
   * these waits for a moment of the machine's time, and goes on as if it had not.
   */
  private void awaitUnblocked(Ready turn) {
    Thread thread = VirtualThreads.of(turn.thread());
    long end = System.nanoTime() + LONGEST_BLOCKED_NANOS;
    while (turn.process().isAlive()) {
      if (unblocked.remove(turn.thread())) {
        turn.thread().run();
      } else if (thread.getState() == Thread.State.BLOCKED
          || (thread.getState() == Thread.State.RUNNABLE && !isReady(turn.thread()))) {
        if (System.nanoTime() - end > 0) {
          throw new Disturbed(turn.process().name() + " waits for a monitor: " + thread.getName());
        }
        Thread.onSpinWait();
      } else {
        return;
      }
    }
  }

  private boolean isReady(Runnable thread) {
    Long number = threads.get(thread);
    return number != null && ready.containsKey(number);
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
