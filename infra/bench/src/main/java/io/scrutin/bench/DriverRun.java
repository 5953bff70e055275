package io.scrutin.bench;

import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends each post when it is due, whatever became of those before. Where all connections are taken
 * a post waits for one, and its time runs. All but the counters for who watches is the loop's own.
 */
final class DriverRun {
  /** Past it a post is called late. */
  static final Duration LATE = Duration.ofMillis(10);

  static final int MOST_CONNECTIONS = 512;

  /** Connections are made a few at a time: five hundred at once are a load of another kind. */
  private static final int MOST_CONNECTING = 16;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long TICK_NANOS = 500_000;
  private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();

  private final Arrivals arrivals;
  private final VotePosts posts;
  private final int first;
  private final int everyWaits;
  private final Driver driver;
  private final Deque<VoterLine> idle = new ArrayDeque<>();
  private final Histogram answered = new Histogram(LONGEST_NANOS, 3);
  private final Histogram recordedAfter = new Histogram(LONGEST_NANOS, 3);
  private final Map<Integer, Long> statuses = new TreeMap<>();
  private final CompletableFuture<Sent> sent = new CompletableFuture<>();
  private final AtomicBoolean ticked = new AtomicBoolean();
  private long startNanos;
  private long startCpuNanos;
  private long lastTickNanos;
  private int connecting;
  private int open;
  private int next;
  private int done;
  private long late;
  private long recorded;
  private volatile long accepted;
  private volatile int left;

  DriverRun(Arrivals arrivals, VotePosts posts, int first, int everyWaits, Driver driver) {
    this.arrivals = arrivals;
    this.posts = posts;
    this.first = first;
    this.everyWaits = everyWaits;
    this.driver = driver;
  }

  void start(EventLoop loop) {
    startNanos = System.nanoTime();
    lastTickNanos = startNanos;
    loop.execute(() -> startCpuNanos = ownCpuNanos());
    var _ = Thread.ofPlatform().daemon().name("due").start(() -> keepTime(loop));
  }

  /**
   * A thread of its own, since the loop's timers are of whole milliseconds: for shorter ones it
   * looks again and again, and kept half a core busy with nothing.
   */
  private void keepTime(EventLoop loop) {
    while (!sent.isDone()) {
      LockSupport.parkNanos(TICK_NANOS);
      if (ticked.compareAndSet(false, true)) {
        loop.execute(this::tick);
      }
    }
  }

  private static long ownCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Completes when the last post is answered, or nobody waits for it any more. */
  CompletableFuture<Sent> sent() {
    return sent;
  }

  long accepted() {
    return accepted;
  }

  /** How many posts have left. */
  int left() {
    return left;
  }

  private void tick() {
    ticked.set(false);
    if (sent.isDone()) {
      return;
    }
    try {
      long now = System.nanoTime();
      if (now - lastTickNanos > LATE.toNanos()) {
        late += dueBetween(lastTickNanos, now - LATE.toNanos());
      }
      lastTickNanos = now;
      pump(now);
      if (done == arrivals.count() || now - startNanos > giveUpNanos()) {
        finish(now);
      }
    } catch (RuntimeException broken) {
      stop();
      sent.completeExceptionally(broken);
    }
  }

  private long giveUpNanos() {
    return arrivals.length().plus(PATIENCE).toNanos();
  }

  private long dueBetween(long from, long to) {
    long count = 0;
    for (int i = next; i < arrivals.count() && dueAt(i) <= to; i++) {
      count += dueAt(i) > from ? 1 : 0;
    }
    return count;
  }

  private long dueAt(int index) {
    return startNanos + arrivals.dueNanos(index);
  }

  private void pump(long now) {
    while (next < arrivals.count() && dueAt(next) <= now) {
      VoterLine line = idle.poll();
      if (line == null) {
        open();
        return;
      }
      send(line);
    }
  }

  private void open() {
    if (connecting < MOST_CONNECTING && open + connecting < MOST_CONNECTIONS) {
      connecting++;
      driver.connect(new VoterLine(this));
    }
  }

  private void send(VoterLine line) {
    int index = next++;
    left = next;
    boolean waits = everyWaits > 0 && index % everyWaits == everyWaits - 1;
    line.send(posts.post(first + index, waits), dueAt(index), waits);
  }

  void connected(VoterLine line) {
    connecting--;
    open++;
    free(line);
  }

  void neverConnected() {
    connecting--;
  }

  /** The next post that is due already leaves at once; a tick would make it wait for nothing. */
  private void free(VoterLine line) {
    idle.push(line);
    pump(System.nanoTime());
  }

  void answered(VoterLine line, int status, boolean isRecorded, boolean isKept) {
    long nanos = Math.min(LONGEST_NANOS, System.nanoTime() - line.dueAt());
    if (status == 200 || status == 202) {
      accepted = accepted + 1;
    } else {
      statuses.merge(status, 1L, Long::sum);
    }
    if (isRecorded) {
      recorded++;
      recordedAfter.recordValue(nanos);
    } else if (!line.waits()) {
      answered.recordValue(nanos);
    }
    done++;
    if (isKept) {
      free(line);
    }
  }

  /**
   * @param busy whether its post had no answer yet: it may be a vote, and may be none
   */
  void ended(VoterLine line, boolean busy) {
    open--;
    idle.remove(line);
    if (busy) {
      statuses.merge(0, 1L, Long::sum);
      done++;
    }
  }

  private void finish(long now) {
    stop();
    int unanswered = arrivals.count() - done;
    if (unanswered > 0) {
      statuses.merge(0, (long) unanswered, Long::sum);
    }
    sent.complete(
        new Sent(
            arrivals.count(),
            accepted,
            recorded,
            Map.copyOf(statuses),
            answered,
            recordedAfter,
            late,
            Duration.ofNanos(now - startNanos),
            Duration.ofNanos(ownCpuNanos() - startCpuNanos)));
  }

  private void stop() {
    List.copyOf(idle).forEach(VoterLine::close);
  }
}
