package io.scrutin.trigger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.step.Listens.By;
import io.scrutin.step.Step;
import io.scrutin.testing.TestNats;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trigger with steps of a test's own, and a look at what it leaves on the broker. */
final class TestTrigger implements AutoCloseable {
  static final EventCodec CODEC = new EventCodec();

  /** As in service, but a second there is some ten milliseconds here. */
  static final TriggerConfig QUICK = quick(Duration.ofSeconds(2));

  /** For tests that no slow machine may make think of a redelivery. */
  static final TriggerConfig PATIENT = quick(Duration.ofSeconds(30));

  private static TriggerConfig quick(Duration ackWait) {
    return new TriggerConfig(
        Duration.ofSeconds(5),
        ackWait,
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofSeconds(30),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        Duration.ofMillis(50),
        Duration.ofSeconds(10),
        null,
        null);
  }

  private final TestNats.Environment nats;
  final BrokerLink broker;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Bindings bindings;
  private final FunctionCalls calls;

  TestTrigger(TestNats.Environment nats, TriggerConfig config, Step... steps) {
    this(nats, nats.url(), config, steps);
  }

  TestTrigger(TestNats.Environment nats, String url, TriggerConfig config, Step... steps) {
    this.nats = nats;
    this.broker = BrokerLink.open(url, "trigger");
    Clock clock = Clock.systemUTC();
    this.calls = new FunctionCalls(List.of(steps), CODEC, clock, config.callTimeout());
    this.bindings =
        new Bindings(
            new TriggerParts(
                broker,
                new EventPublisher(broker, nats.name(), CODEC),
                CODEC,
                clock,
                new Time.Real(),
                meters,
                config,
                nats.name()),
            calls::to);
  }

  static BindingConfig binding(String name, By kind, EventType type) {
    return new BindingConfig(
        name, kind, type.type(), name, null, 50, 4, 3, Duration.ofMillis(20), Duration.ZERO);
  }

  static BindingConfig verify() {
    return binding("verify", By.STREAM, EventType.VOTE_CAST);
  }

  static BindingConfig at(BindingConfig binding, @Nullable URI url) {
    return changed(
        binding, url, binding.batch(), binding.inFlight(), binding.pause(), binding.afterSilence());
  }

  static BindingConfig sized(BindingConfig binding, int batch, int inFlight) {
    return changed(
        binding, binding.url(), batch, inFlight, binding.pause(), binding.afterSilence());
  }

  static BindingConfig pausing(BindingConfig binding, Duration pause) {
    return changed(
        binding, binding.url(), binding.batch(), binding.inFlight(), pause, binding.afterSilence());
  }

  static BindingConfig waiting(BindingConfig binding, Duration afterSilence) {
    return changed(
        binding, binding.url(), binding.batch(), binding.inFlight(), binding.pause(), afterSilence);
  }

  private static BindingConfig changed(
      BindingConfig binding,
      @Nullable URI url,
      int batch,
      int inFlight,
      Duration pause,
      Duration afterSilence) {
    return new BindingConfig(
        binding.name(),
        binding.kind(),
        binding.type(),
        binding.function(),
        url,
        batch,
        inFlight,
        binding.attempts(),
        pause,
        afterSilence);
  }

  TestTrigger with(BindingConfig... started) {
    List.of(started).forEach(bindings::start);
    return this;
  }

  BindingStats stats(String binding) {
    return bindings.stats().stream()
        .filter(stats -> stats.name().equals(binding))
        .findFirst()
        .orElseThrow();
  }

  ConsumerInfo durable(String name) throws Exception {
    return durable(nats, name);
  }

  static ConsumerInfo durable(TestNats.Environment nats, String name) throws Exception {
    StreamName stream = name.equals("verify") ? StreamName.CASTS : StreamName.VOTES;
    return durable(nats, stream, name);
  }

  static ConsumerInfo durable(TestNats.Environment nats, StreamName stream, String name)
      throws Exception {
    return nats.connection().jetStreamManagement().getConsumerInfo(stream.in(nats.name()), name);
  }

  static boolean isAllAcked(TestNats.Environment nats, String durable) throws Exception {
    ConsumerInfo info = durable(nats, durable);
    return info.getNumPending() == 0 && info.getNumAckPending() == 0;
  }

  static void publish(TestNats.Environment nats, List<Event> events) throws Exception {
    for (Event event : events) {
      publish(nats, event.fact().type(), CODEC.encode(event));
    }
  }

  static void publish(TestNats.Environment nats, EventType type, byte[] body) throws Exception {
    nats.connection().jetStream().publish(type.subject(nats.name()), body);
  }

  /** All events of the type that its stream keeps, in their order. */
  static List<Event> kept(TestNats.Environment nats, EventType type) throws Exception {
    List<Event> kept = new ArrayList<>();
    JetStreamSubscription reading =
        nats.connection()
            .jetStream()
            .subscribe(
                type.subject(nats.name()),
                PushSubscribeOptions.builder().stream(type.stream().in(nats.name()))
                    .ordered(true)
                    .configuration(ConsumerConfiguration.builder().build())
                    .build());
    long left = reading.getConsumerInfo().getCalculatedPending();
    for (; left > 0; left--) {
      Message message = reading.nextMessage(Duration.ofSeconds(5));
      kept.addAll(CODEC.decodeMessage(message.getData()));
    }
    reading.unsubscribe();
    return kept;
  }

  /** As if its machine had lost power: nothing is finished, nothing given back. */
  void crash() throws InterruptedException {
    broker.close();
    close();
  }

  @Override
  public void close() {
    bindings.close();
    calls.close();
    try {
      broker.close();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
