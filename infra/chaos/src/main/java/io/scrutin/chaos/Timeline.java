package io.scrutin.chaos;

import io.scrutin.chaos.Saboteur.Healing;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/** Faults, each at its moment, and what came of them. */
final class Timeline {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Saboteur saboteur;
  private final PrintWriter out;
  private final List<Happening> happenings = new ArrayList<>();
  private final ReentrantLock servers = new ReentrantLock(true);

  Timeline(Saboteur saboteur, PrintWriter out) {
    this.saboteur = saboteur;
    this.out = out;
  }

  /** Returns when the last of them is healed. */
  void play(List<Planned> plan) throws Exception {
    Instant start = Instant.now();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> faults = new ArrayList<>();
      for (Planned planned : plan) {
        faults.add(threads.submit(() -> play(start, planned)));
      }
      for (Future<?> fault : faults) {
        fault.get();
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a fault could not be made or healed", failure.getCause());
    }
  }

  private Happening play(Instant start, Planned planned) throws Exception {
    await(start.plus(planned.at()));
    return planned.fault().kind().alone() ? playAlone(start, planned) : playNow(start, planned);
  }

  /**
   * A broker whose disk was full takes longer to come back than the plan knows. Whatever is done to
   * a server next waits for that: two who start the same one would leave one behind, unknown.
   */
  private Happening playAlone(Instant start, Planned planned) throws Exception {
    servers.lockInterruptibly();
    try {
      return playNow(start, planned);
    } finally {
      servers.unlock();
    }
  }

  private Happening playNow(Instant start, Planned planned) throws Exception {
    Instant from = Instant.now();
    Healing healing = patiently(() -> saboteur.inflict(planned.fault()));
    await(from.plus(planned.fault().lasts()));
    Instant until = Instant.now();
    String found = patiently(healing::heal);
    Happening happening = new Happening(planned.fault(), from, until, Instant.now(), found);
    note(happening, Duration.between(start, from));
    return happening;
  }

  /** What takes a server may be hindered by another fault, and is done when that is over. */
  private static <T> T patiently(Callable<T> work) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return work.call();
      } catch (InterruptedException stopping) {
        throw stopping;
      } catch (Exception notNow) {
        if (System.nanoTime() - deadline > 0) {
          throw notNow;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private static void await(Instant moment) throws InterruptedException {
    Duration wait = Duration.between(Instant.now(), moment);
    if (wait.isPositive()) {
      Thread.sleep(wait);
    }
  }

  private synchronized void note(Happening happening, Duration at) {
    happenings.add(happening);
    String found = happening.found().isEmpty() ? "" : " · " + happening.found();
    out.printf("  %6.1f s  %s%s%n", at.toMillis() / 1e3, happening.fault().says(), found);
    out.flush();
  }

  synchronized List<Happening> happenings() {
    return happenings.stream().sorted(Comparator.comparing(Happening::from)).toList();
  }
}
