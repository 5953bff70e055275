package io.scrutin.trigger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What one binding counts. */
final class BindingMetrics implements AutoCloseable {
  /**
   * What the broker said last.
   *
   * @param waiting events that nobody has in hand
   * @param pending these, and those in hand
   */
  record Backlog(long waiting, long pending, Duration oldest) {
    static final Backlog NONE = new Backlog(0, 0, Duration.ZERO);
  }

  private final BindingConfig binding;
  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();
  private final Counter delivered;
  private final Counter published;
  private final Counter retried;
  private final Counter parked;
  private final Timer latency;
  private final IntSupplier inFlight;
  private volatile Backlog backlog = Backlog.NONE;

  BindingMetrics(BindingConfig binding, MeterRegistry registry, IntSupplier inFlight) {
    this.binding = binding;
    this.registry = registry;
    this.inFlight = inFlight;
    this.delivered = counter("trigger_delivered", "events answered for good");
    this.published = counter("trigger_published", "events that followed");
    this.retried = counter("trigger_retried", "events set aside to be tried again");
    this.parked = counter("trigger_parked", "events put aside for a person");
    this.latency =
        kept(
            Timer.builder("trigger_latency")
                .description("from the broker's stamp to the ack")
                .tag("binding", binding.name())
                .publishPercentiles(0.5, 0.99)
                .register(registry));
    gauge("trigger_in_flight", "calls at this moment", "binding", inFlight::getAsInt);
    gauge("trigger_oldest_seconds", "age of the oldest event not acked", "binding", this::oldest);
    gauge("nats_consumer_pending", "events not acked", "consumer", () -> backlog.pending());
  }

  private Counter counter(String name, String description) {
    return kept(
        Counter.builder(name)
            .description(description)
            .tag("binding", binding.name())
            .register(registry));
  }

  private void gauge(
      String name, String description, String tag, java.util.function.Supplier<Number> value) {
    kept(
        Gauge.builder(name, value)
            .description(description)
            .tag(tag, binding.name())
            .register(registry));
  }

  private <M extends Meter> M kept(M meter) {
    meters.add(meter);
    return meter;
  }

  void delivered(Instant stampedAt, Instant now) {
    delivered.increment();
    latency.record(Duration.between(stampedAt, now));
  }

  void published(int events) {
    published.increment(events);
  }

  void retried() {
    retried.increment();
  }

  void parked() {
    parked.increment();
  }

  void backlog(Backlog seen) {
    backlog = seen;
  }

  private double oldest() {
    return backlog.oldest().toMillis() / 1e3;
  }

  BindingStats stats() {
    double p50 = 0;
    double p99 = 0;
    for (ValueAtPercentile value : latency.takeSnapshot().percentileValues()) {
      double millis = value.value(TimeUnit.MILLISECONDS);
      if (value.percentile() < 0.9) {
        p50 = millis;
      } else {
        p99 = millis;
      }
    }
    return new BindingStats(
        binding.name(),
        binding.kind().name().toLowerCase(Locale.ROOT),
        binding.function(),
        (long) delivered.count(),
        (long) published.count(),
        (long) retried.count(),
        (long) parked.count(),
        backlog.pending(),
        oldest(),
        inFlight.getAsInt(),
        p50,
        p99);
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
