package io.scrutin.submit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of the one that stamps casts. A clock of ours that is minutes fast would refuse the last
 * voters of a contest, whom the broker would have stamped in time; one that is slow would send away
 * the first. So what the broker says is carried on by the time that passed since: nobody sets that.
 */
final class BrokerTime implements InstantSource {
  /** An answer that took longer says too little; a vote's margin at the end is 5 s. */
  private static final Duration PROMPT = Duration.ofSeconds(2);

  /** Two oscillators part by less than 0.1 s meanwhile; a clock that somebody sets is found out. */
  private static final Duration TRUE_FOR = Duration.ofMinutes(10);

  private record Read(Instant brokers, long nanos) {}

  private final LongSupplier nanoTime;
  private volatile @Nullable Read last;

  BrokerTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean isDue() {
    Read known = last;
    return known == null || nanoTime.getAsLong() - known.nanos() > TRUE_FOR.toNanos();
  }

  void read(Connection connection, String stream) throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    long asked = nanoTime.getAsLong();
    ConsumerInfo made = management.createConsumer(stream, probe());
    long took = nanoTime.getAsLong() - asked;
    management.deleteConsumer(stream, made.getName());
    if (took > PROMPT.toNanos()) {
      throw new IOException("the broker took " + took / 1_000_000 + " ms to tell its time");
    }
    last = new Read(made.getCreationTime().toInstant(), asked + took / 2);
  }

  /**
   * A broker answers no question with its time before 2.10, but says when it made a consumer. This
   * one reads nothing, and is gone at once.
   */
  private static ConsumerConfiguration probe() {
    return ConsumerConfiguration.builder()
        .ackPolicy(AckPolicy.None)
        .memStorage(true)
        .numReplicas(1)
        .inactiveThreshold(Duration.ofSeconds(5))
        .build();
  }

  /** Known as soon as any contest is: they are read from the same broker. */
  @Override
  public Instant instant() {
    Read known = last;
    if (known == null) {
      throw new IllegalStateException("the broker has not told its time yet");
    }
    return known.brokers().plusNanos(nanoTime.getAsLong() - known.nanos());
  }
}
