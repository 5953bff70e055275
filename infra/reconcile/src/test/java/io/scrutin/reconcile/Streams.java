package io.scrutin.reconcile;

import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.PublishAck;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.testing.TestNats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the broker holds of an {@link Election}: its events, and how far each durable is. */
final class Streams implements AutoCloseable {
  /** The trigger's durables and what they listen to. */
  private static final Map<String, EventType> DURABLES = durables();

  final TestNats.Environment nats = TestNats.freshEnvironment();
  private final EventCodec codec = new EventCodec();

  Streams() throws Exception {
    for (String durable : DURABLES.keySet()) {
      listen(durable);
    }
  }

  void listen(String durable) throws Exception {
    EventType type = Objects.requireNonNull(DURABLES.get(durable));
    nats.connection()
        .jetStreamManagement()
        .addOrUpdateConsumer(
            stream(type),
            ConsumerConfiguration.builder()
                .durable(durable)
                .filterSubject(type.subject(nats.name()))
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(Duration.ofSeconds(5))
                .build());
  }

  private static Map<String, EventType> durables() {
    Map<String, EventType> durables = new LinkedHashMap<>();
    durables.put("verify", EventType.VOTE_CAST);
    durables.put("dedup", EventType.VOTE_VERIFIED);
    durables.put("store", EventType.VOTE_ACCEPTED);
    durables.put("audit-cast", EventType.VOTE_CAST);
    durables.put("audit-recorded", EventType.VOTE_RECORDED);
    durables.put("audit-rejected", EventType.VOTE_REJECTED);
    durables.put("audit-duplicated", EventType.VOTE_DUPLICATED);
    durables.put("audit-parked", EventType.EVENT_PARKED);
    return durables;
  }

  PublishAck publish(Fact fact) throws Exception {
    Event event = Event.first(fact, "test", Instant.now(), null);
    return nats.connection()
        .jetStream()
        .publish(fact.type().subject(nats.name()), codec.encode(event));
  }

  /** Every durable has acked everything, as when the trigger is through. */
  void drain() throws Exception {
    for (String durable : DURABLES.keySet()) {
      fetch(durable).forEach(Message::ack);
    }
    nats.connection().flush(Duration.ofSeconds(5));
  }

  /** All that the durable has to deliver now. */
  List<Message> fetch(String durable) throws Exception {
    List<Message> fetched = new ArrayList<>();
    List<Message> batch = fetchSome(durable);
    while (!batch.isEmpty()) {
      fetched.addAll(batch);
      batch = fetchSome(durable);
    }
    return fetched;
  }

  List<Message> fetchSome(String durable) throws Exception {
    EventType type = Objects.requireNonNull(DURABLES.get(durable));
    JetStreamSubscription pull =
        nats.connection()
            .jetStream()
            .subscribe(type.subject(nats.name()), PullSubscribeOptions.bind(stream(type), durable));
    List<Message> batch = pull.fetch(200, Duration.ofMillis(100));
    pull.unsubscribe();
    return batch;
  }

  String stream(EventType type) {
    return type.stream().in(nats.name());
  }

  void delete(EventType type, long sequence) throws Exception {
    nats.connection().jetStreamManagement().deleteMessage(stream(type), sequence);
  }

  @Override
  public void close() {
    nats.close();
  }
}
