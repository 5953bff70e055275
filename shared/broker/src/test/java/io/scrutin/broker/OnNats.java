package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamState;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Fact;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.StreamName;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.servers.NatsServer;
import io.scrutin.servers.ServerPrograms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A real NATS server for the tests of a class, and an environment for each of them. */
abstract class OnNats {
  static final StreamSizes SIZES = new StreamSizes(64 << 20, 1 << 20, 1);
  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final EventCodec CODEC = new EventCodec();
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir static Path dir;
  static NatsServer server;

  String environment = "";
  BrokerLink link;
  EventPublisher publisher;

  @BeforeAll
  static void started() {
    server = NatsServer.start(ServerPrograms.onThisMachine(System.err::println), dir, 0);
  }

  @AfterAll
  static void stopped() {
    server.close();
  }

  @BeforeEach
  void declared(TestInfo test) throws Exception {
    if (!server.isRunning()) {
      server.restart();
    }
    environment = test.getTestMethod().orElseThrow().getName();
    link = BrokerLink.open(server.url(), environment);
    Streams.declare(link.await(PATIENCE), environment, SIZES);
    publisher = new EventPublisher(link, environment, CODEC);
  }

  @AfterEach
  void closed() throws InterruptedException {
    link.close();
  }

  Connection connection() {
    return link.connection().orElseThrow();
  }

  StreamConfiguration configuration(StreamName stream) throws IOException, JetStreamApiException {
    return connection()
        .jetStreamManagement()
        .getStreamInfo(stream.in(environment))
        .getConfiguration();
  }

  StreamState state(StreamName stream) throws IOException, JetStreamApiException {
    return connection()
        .jetStreamManagement()
        .getStreamInfo(stream.in(environment))
        .getStreamState();
  }

  static void assertRefusedAsAway(CompletableFuture<?> refused) {
    assertThat(failureOf(refused))
        .isInstanceOfSatisfying(
            BrokerRefused.class,
            refusal -> assertThat(refusal.why()).isEqualTo(BrokerRefused.Why.AWAY));
  }

  static @Nullable Throwable failureOf(CompletableFuture<?> future) {
    try {
      future.orTimeout(10, TimeUnit.SECONDS).join();
      return null;
    } catch (CompletionException failure) {
      return failure.getCause();
    }
  }

  static Event cast(int number) {
    Tag tag = Tag.of(ByteBuffer.allocate(Tag.LENGTH_BYTES).putInt(number).array());
    SealedChoice sealed = new SealedChoice(1, "key-2026", Bytes.of(new byte[128]));
    Bytes mac = Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]);
    return event(new VoteCast(voteId(number), "referendum-2026", tag, sealed, mac));
  }

  static Event recorded(int number) {
    return event(new VoteRecorded(voteId(number), "referendum-2026"));
  }

  static Event event(Fact fact) {
    return Event.first(
        fact, "submit", NOON, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  static VoteId voteId(int number) {
    return VoteId.of(ByteBuffer.allocate(VoteId.LENGTH_BYTES).putInt(12, number).array());
  }
}
