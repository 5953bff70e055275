package io.scrutin.contests;

import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.scrutin.broker.VoteReaders;
import io.scrutin.broker.VoteReaders.Reader;
import io.scrutin.testing.TestNats;
import java.time.Duration;
import java.util.List;

/** The durables of those who read votes, and their reading. */
record Readers(TestNats.Environment nats) {
  void make() throws Exception {
    for (Reader reader : VoteReaders.HOPS.stream().flatMap(List::stream).toList()) {
      nats.connection()
          .jetStreamManagement()
          .addOrUpdateConsumer(
              reader.reads().stream().in(nats.name()),
              ConsumerConfiguration.builder()
                  .durable(reader.durable())
                  .filterSubject(reader.reads().subject(nats.name()))
                  .build());
    }
  }

  /** One message. */
  void read(String durable) throws Exception {
    take(durable).ackSync(Duration.ofSeconds(5));
  }

  /** One message, which is in hand then. */
  Message take(String durable) throws Exception {
    return nats.connection().getConsumerContext(stream(durable), durable).next();
  }

  private String stream(String durable) {
    return VoteReaders.HOPS.stream()
        .flatMap(List::stream)
        .filter(reader -> reader.durable().equals(durable))
        .map(reader -> reader.reads().stream().in(nats.name()))
        .findFirst()
        .orElseThrow();
  }
}
