package io.scrutin.trigger;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.nats.client.Connection;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bindings at work; each is started and stopped by itself, at any time. */
public final class Bindings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bindings.class);
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private final TriggerParts parts;
  private final Function<BindingConfig, FunctionCall> calls;
  private final Durables durables;
  private final MultiGauge unbound;
  private final Map<String, RunningBinding> running = new ConcurrentHashMap<>();
  private final Replays replays;
  private final Map<StreamName, Silence> silences = new ConcurrentHashMap<>();
  private final StopSignal stop;

  /**
   * @param calls how each binding's function is called
   */
  public Bindings(TriggerParts parts, Function<BindingConfig, FunctionCall> calls) {
    this.parts = parts;
    this.stop = new StopSignal(parts.time());
    this.calls = calls;
    this.durables = new Durables(parts);
    this.replays = new Replays(parts, durables, this::stream);
    this.unbound =
        MultiGauge.builder("trigger_durable_unbound")
            .description("events waiting at a durable that no binding works on")
            .register(parts.meters());
    // After the durables': a pull that is reopened must know that the connection is another one.
    parts.broker().whenConnected(_ -> Thread.ofVirtual().start(this::reconnected));
    TriggerConfig config = parts.config();
    Ticker.start("sample", config.sampleEvery(), stop, () -> each(RunningBinding::sample));
    Ticker.start("checkpoint", config.checkpointEvery(), stop, this::checkpoint);
    replays.start();
  }

  private void reconnected() {
    running.values().forEach(RunningBinding::reconnected);
    replays.reconnected();
  }

  private Optional<StreamBinding> stream(String name) {
    return running.get(name) instanceof StreamBinding binding
        ? Optional.of(binding)
        : Optional.empty();
  }

  /** Only of durables that were just seen to agree with their streams. */
  private void checkpoint() throws Exception {
    if (parts.broker().connection().isPresent()) {
      durables.lookAgain();
      unbound.register(left(), true);
      each(RunningBinding::checkpoint);
      replays.checkpoint();
    }
  }

  /** Durables that keep the place of a binding that does not run, and what waits there. */
  private List<MultiGauge.Row<?>> left() {
    Set<String> bound = new HashSet<>(running.keySet());
    bound.add(Replays.DURABLE);
    return durables.pendingWithout(bound).entrySet().stream()
        .<MultiGauge.Row<?>>map(
            left -> MultiGauge.Row.of(Tags.of("durable", left.getKey()), left.getValue()))
        .toList();
  }

  private interface Visit {
    void to(RunningBinding binding) throws Exception;
  }

  private void each(Visit visit) throws Exception {
    if (parts.broker().connection().isEmpty()) {
      return;
    }
    Exception first = null;
    for (RunningBinding binding : running.values()) {
      try {
        visit.to(binding);
      } catch (InterruptedException stopping) {
        throw stopping;
      } catch (Exception failure) {
        // One whose durable is being made anew must not keep the others from being seen.
        first = first == null ? failure : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * Returns at once; the binding works as soon as the broker and its stream are there.
   *
   * @throws IllegalStateException once they are being closed
   */
  public synchronized void start(BindingConfig config) {
    if (stop.isSet()) {
      throw new IllegalStateException("the trigger stops");
    }
    if (running.containsKey(config.name())) {
      throw new IllegalArgumentException("there is a binding " + config.name() + " already");
    }
    FunctionCall call = calls.apply(config);
    RunningBinding binding =
        switch (config.kind()) {
          case STREAM -> new StreamBinding(config, call, parts, durables, () -> arrived(config));
          case WAKE -> new WakeBinding(config, call, parts, durables);
          case REQUEST -> new RequestBinding(config, call, parts);
        };
    // Before it starts, or it would not be told of a connection that comes meanwhile.
    running.put(config.name(), binding);
    try {
      binding.start();
    } catch (RuntimeException failure) {
      abandon(config.name());
      throw failure;
    }
  }

  /** So that it does not pass for one that runs, and can be started again. */
  private void abandon(String name) {
    try {
      stop(name);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the batches in hand are finished; its durable stays where it is. */
  public void stop(String name) throws InterruptedException {
    RunningBinding binding = running.remove(name);
    if (binding != null) {
      binding.stop();
    }
  }

  List<BindingConfig> configs() {
    return running.values().stream().map(RunningBinding::config).toList();
  }

  public List<BindingStats> stats() {
    return running.values().stream()
        .map(RunningBinding::stats)
        .sorted(Comparator.comparing(BindingStats::name))
        .toList();
  }

  /**
   * Returns how long what arrived is to wait: events for whose answer nobody waits, while the
   * functions start for which somebody does.
   */
  private Duration arrived(BindingConfig origin) {
    Silence silence = silence(origin.eventType().stream());
    long now = parts.time().nanoTime();
    if (silence.endsAt(now)) {
      wakeAhead(origin.eventType(), now);
    }
    return silence.left(origin.afterSilence(), now);
  }

  /**
   * After a silence all functions that a vote has still to pass are woken at once, not one by the
   * other. Not those that are told how it ended: nobody waits for what they do then, and while they
   * start they take the cores from those on which a voter's answer waits.
   */
  private void wakeAhead(EventType arrived, long now) {
    Set<EventType> ahead = EnumSet.noneOf(EventType.class);
    for (Optional<EventType> next = arrived.next(); next.isPresent(); next = next.get().next()) {
      // Theirs ends as well, so that the events that follow wake nobody a second time.
      boolean _ = silence(next.get().stream()).endsAt(now);
      next.filter(type -> type.next().isPresent()).ifPresent(ahead::add);
    }
    running.values().stream()
        .filter(binding -> ahead.contains(binding.config().eventType()))
        .forEach(binding -> binding.call().wake());
  }

  private Silence silence(StreamName stream) {
    return silences.computeIfAbsent(stream, _ -> new Silence(parts.config().silence()));
  }

  private synchronized void refuseMore() {
    stop.set();
  }

  /** All at the same time: each has its own calls to wait for. */
  @Override
  public void close() {
    refuseMore();
    try (ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor()) {
      var _ =
          stopping.submit(
              () -> {
                replays.stop();
                return Replays.DURABLE;
              });
      for (String name : List.copyOf(running.keySet())) {
        var _ =
            stopping.submit(
                () -> {
                  stop(name);
                  return name;
                });
      }
    }
    parts.broker().connection().ifPresent(Bindings::flush);
  }

  /**
   * The client drops what it has not sent when it is closed; an ack that is lost costs a replay.
   */
  private static void flush(Connection connection) {
    try {
      connection.flush(FLUSH);
    } catch (TimeoutException | IllegalStateException away) {
      LOG.warn("the last acks may not have reached the broker: {}", away.toString());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
