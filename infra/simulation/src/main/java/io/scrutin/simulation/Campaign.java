package io.scrutin.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** A row of seeds, several at a time: each has a world and a thread of its own. */
final class Campaign {
  /** The machine may stall so long that a time-out of the JDK's own strikes; not a second time. */
  private static final int TRIES = 3;

  private final Election election;
  private final Coverage coverage = new Coverage();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final Map<Long, String> failures = new TreeMap<>();
  private long seeds;
  private long votes;
  private long lostTail;
  private long untold;

  Campaign(Election election) {
    this.election = election;
  }

  /**
   * @param longest after which no other seed is begun
   * @param done told of each seed that is through
   */
  void run(long from, long count, int threads, Duration longest, LongConsumer done)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    AtomicLong next = new AtomicLong(from);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.ofPlatform()
              .name("simulation-" + i)
              .start(
                  () -> {
                    for (long seed = next.getAndIncrement();
                        seed < from + count && System.nanoTime() - end < 0;
                        seed = next.getAndIncrement()) {
                      one(seed);
                      done.accept(seed);
                    }
                  }));
    }
    for (Thread thread : running) {
      thread.join();
    }
  }

  private void one(long seed) {
    for (int tried = 1; ; tried++) {
      Coverage own = new Coverage();
      try {
        Simulation.Result result = new Simulation(seed, election, own, CrashPoints.of(seed)).run();
        passed(result, own);
        return;
      } catch (World.Disturbed disturbed) {
        if (tried == TRIES) {
          failed(seed, disturbed.toString());
          return;
        }
      } catch (Breach breach) {
        failed(seed, String.valueOf(breach.getMessage()));
        return;
      } catch (RuntimeException | Error failure) {
        failed(seed, failure.toString());
        return;
      }
    }
  }

  private synchronized void passed(Simulation.Result result, Coverage own) {
    if (result.votes() < Simulation.LEAST_VOTES
        || result.faults().size() < Simulation.LEAST_FAULTS) {
      failed(result.seed(), "too little happened: " + result);
      return;
    }
    seeds++;
    votes += result.votes();
    lostTail += result.lostTail();
    untold += result.untold();
    result.faults().forEach(fault -> faults.merge(fault, 1, Integer::sum));
    coverage.add(own);
  }

  private synchronized void failed(long seed, String why) {
    seeds++;
    failures.put(seed, why);
  }

  synchronized long seeds() {
    return seeds;
  }

  synchronized long votes() {
    return votes;
  }

  synchronized long lostTail() {
    return lostTail;
  }

  synchronized long untold() {
    return untold;
  }

  synchronized Map<Fault, Integer> faults() {
    return new EnumMap<>(faults);
  }

  /** What each failing seed shows. */
  synchronized Map<Long, String> failures() {
    return new LinkedHashMap<>(failures);
  }

  Coverage coverage() {
    return coverage;
  }

  /** The crash points that were hit less often than a run of this length owes. */
  synchronized List<String> missed() {
    // Sixteen aims a seed for 130 points, some of which few seeds reach: chance must not judge a
    // short run.
    long owed = Math.min(CrashPoints.LEAST_CRASHES, seeds / 100);
    return CrashPoints.ALL.stream()
        .filter(point -> coverage.crashes(point) < owed)
        .map(point -> "%s: %d of %d".formatted(point.name(), coverage.crashes(point), owed))
        .toList();
  }
}
