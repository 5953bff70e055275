package io.scrutin.contests;

import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.scrutin.event.EventType;
import io.scrutin.testing.TestNats;
import java.time.Duration;
import java.util.Map;

/** The durables of those who read votes, and their reading. */
record Readers(TestNats.Environment nats) {
  void make() throws Exception {
    for (Map.Entry<String, EventType> reader : VoteReaders.DURABLES.entrySet()) {
      nats.connection()
          .jetStreamManagement()
          .addOrUpdateConsumer(
              reader.getValue().stream().in(nats.name()),
              ConsumerConfiguration.builder()
                  .durable(reader.getKey())
                  .filterSubject(reader.getValue().subject(nats.name()))
                  .build());
    }
  }

  /** One cast. */
  void read(String durable) throws Exception {
    Message message =
        nats.connection()
            .getConsumerContext(EventType.VOTE_CAST.stream().in(nats.name()), durable)
            .next();
    message.ackSync(Duration.ofSeconds(5));
  }
}
