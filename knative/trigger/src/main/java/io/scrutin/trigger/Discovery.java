package io.scrutin.trigger;

import io.scrutin.trigger.PlanBindings.Held;
import io.scrutin.trigger.PlanBindings.Plan;
import io.scrutin.trigger.PlanBindings.Seen;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the bindings that the cluster's Services ask for. It acts on nothing but a complete list
 * that the API server has just answered with: whatever the cluster does not say for certain leaves
 * the bindings as they are, and votes go on.
 */
final class Discovery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private final Cluster cluster;
  private final Bindings bindings;
  private final DiscoveryConfig config;
  private final DiscoveryMetrics metrics;
  private final StopSignal stop = new StopSignal(new Time.Real());
  private final Thread thread = Thread.ofVirtual().name("discovery").unstarted(this::run);

  /** The work queue: however many changes there were, one look sees them all. */
  private final Semaphore changes = new Semaphore(0);

  /** The Services that asked for the bindings that run, by the binding's name. */
  private final Map<String, String> owners = new ConcurrentHashMap<>();

  private volatile Plan last = Plan.NONE;
  private volatile boolean heard;

  /** What kinds of failure were logged since a look last went through. */
  private final Set<Class<?>> said = new HashSet<>();

  /** Why it cannot stand in for another trigger yet; once it could, nothing takes that back. */
  private volatile Optional<String> lack = Optional.of("the Services were not listed yet");

  Discovery(Cluster cluster, Bindings bindings, DiscoveryConfig config, DiscoveryMetrics metrics) {
    this.cluster = cluster;
    this.bindings = bindings;
    this.config = config;
    this.metrics = metrics;
  }

  void start() {
    metrics.watching(this::isWatching);
    cluster.watch(changes::release);
    thread.start();
  }

  /** Whether the last look went through, and there will be another when something changes. */
  boolean isWatching() {
    return heard && thread.isAlive() && cluster.isWatching();
  }

  /** How the Services stood when they were last seen. */
  Map<String, String> standings() {
    Map<String, String> standings = new TreeMap<>();
    last.services().forEach((service, standing) -> standings.put(service, standing.toString()));
    return standings;
  }

  /** Why this process must not replace one that works, if it must not. */
  Optional<String> lack() {
    return lack;
  }

  private void run() {
    int failures = 0;
    try {
      while (!stop.isSet()) {
        failures = looked() ? 0 : failures + 1;
        Duration wait =
            failures == 0
                ? config.resync()
                : config.away().jittered(failures - 1, ThreadLocalRandom.current());
        if (changes.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
          changes.drainPermits();
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever breaks, a thread that ended of it would leave the bindings as they are for ever. */
  private boolean looked() {
    try {
      boolean done = look();
      said.clear();
      heard = true;
      return done;
    } catch (RuntimeException failure) {
      heard = false;
      if (!stop.isSet() && said.add(failure.getClass())) {
        LOG.warn("the Services cannot be looked at, bindings stay: {}", failure.toString());
      }
      return false;
    }
  }

  /** Returns whether the bindings are now as the Services ask. */
  private boolean look() {
    List<Seen> services = cluster.list();
    Plan plan = PlanBindings.plan(running(), services);
    tell(plan);
    boolean applied = apply(plan);
    if (applied && lack.isPresent()) {
      lack = plan.lack();
    }
    return applied;
  }

  /** What really runs, so that what failed the last time is done now. */
  private List<Held> running() {
    return bindings.configs().stream()
        .map(binding -> new Held(owners.getOrDefault(binding.name(), ""), binding))
        .toList();
  }

  private void tell(Plan plan) {
    plan.services()
        .forEach(
            (service, standing) -> {
              boolean known = standing.equals(last.services().get(service));
              if (!known && standing.state() == PlanBindings.State.REFUSED) {
                LOG.warn(
                    "ALERT Service {} is {}; it goes on with {}",
                    service,
                    standing,
                    Optional.ofNullable(plan.carried().get(service))
                        .map(names -> "the bindings it had: " + String.join(", ", names))
                        .orElse("no binding: nothing is brought to it from here"));
              } else if (!known) {
                LOG.info("Service {} is {}", service, standing);
              }
            });
    last = plan;
    metrics.services(plan.services());
  }

  /** What is new begins before anything waits for what ends. */
  private boolean apply(Plan plan) {
    plan.start().forEach(held -> start(held, "started"));
    try (ExecutorService ending = Executors.newVirtualThreadPerTaskExecutor()) {
      plan.change().forEach(held -> ending.execute(() -> end(held, () -> start(held, "changed"))));
      plan.stop().forEach(held -> ending.execute(() -> end(held, () -> stopped(held))));
    }
    return bindings
        .configs()
        .containsAll(
            Stream.concat(plan.start().stream(), plan.change().stream())
                .map(Held::binding)
                .toList());
  }

  private void start(Held held, String change) {
    BindingConfig binding = held.binding();
    try {
      bindings.start(binding);
    } catch (IllegalStateException | IllegalArgumentException refused) {
      if (!stop.isSet()) {
        LOG.error("{} cannot be started: {}", binding.name(), refused.getMessage());
      }
      return;
    }
    owners.put(binding.name(), held.service());
    metrics.changed(change);
    LOG.info(
        "{} {}: {} to {}, {} at a time, {} calls at once (Service {})",
        binding.name(),
        change,
        binding.type(),
        binding.url(),
        binding.batch(),
        binding.inFlight(),
        held.service());
  }

  private void stopped(Held held) {
    owners.remove(held.name());
    metrics.changed("stopped");
    LOG.info("{} stopped: nobody asks for it; its durable stays where it is", held.name());
  }

  private void end(Held held, Runnable then) {
    try {
      bindings.stop(held.name());
      then.run();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** No look begins after this; one that changes bindings at this moment ends with them. */
  void halt() {
    stop.set();
    changes.release();
  }

  @Override
  public void close() {
    halt();
    try {
      thread.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    cluster.close();
  }
}
