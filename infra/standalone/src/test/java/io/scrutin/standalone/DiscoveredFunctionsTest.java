package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.dedup.DedupVotes;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.StreamName;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteVerified;
import io.scrutin.store.StoreVotes;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestNats;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trigger as it runs on Knative, and real functions as processes: nobody told it of them. */
class DiscoveredFunctionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;
  private final TestNats.Environment nats = TestNats.freshEnvironment();
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final Books books = new Books(database.ownerDataSource());

  private FunctionProcess function(String name, String run) throws IOException {
    Path module = Path.of(System.getProperty("scrutin.root")).resolve("functions").resolve(name);
    return FunctionProcess.start(
        name,
        Launch.ofModule(name, module, dir.resolve(run)),
        dir.resolve(run),
        Map.of(
            "MICRONAUT_SERVER_HOST", "127.0.0.1",
            "SCRUTIN_ENVIRONMENT", nats.name(),
            "SCRUTIN_NATS_URL", nats.url(),
            "SCRUTIN_REDIS_URL", TestRedis.url(),
            "SCRUTIN_POSTGRES_URL", database.jdbcUrl()));
  }

  private FunctionProcess trigger(KnativeServices cluster) throws IOException {
    Path module = Path.of(System.getProperty("scrutin.root")).resolve("knative/trigger");
    return FunctionProcess.start(
        "trigger",
        Launch.ofModule("trigger", module, dir.resolve("trigger")),
        dir.resolve("trigger"),
        Map.of(
            "MICRONAUT_SERVER_HOST",
            "127.0.0.1",
            "SCRUTIN_ENVIRONMENT",
            nats.name(),
            "SCRUTIN_NATS_URL",
            nats.url(),
            "KUBERNETES_MASTER",
            cluster.url(),
            "TRIGGER_DISCOVERY_ENABLED",
            "true",
            "TRIGGER_DISCOVERY_NAMESPACE",
            KnativeServices.NAMESPACE));
  }

  /** The second of two votes of a voter has the same tag, and another id. */
  private void vote(int from, int until, int attempt) throws Exception {
    for (int number = from; number < until; number++) {
      byte[] id = ByteBuffer.allocate(VoteId.LENGTH_BYTES).putInt(attempt).putInt(number).array();
      byte[] tag = ByteBuffer.allocate(Tag.LENGTH_BYTES).putInt(number).array();
      SealedChoice sealed = new SealedChoice(1, "key-1", Bytes.of(new byte[122]));
      VoteVerified verified = new VoteVerified(VoteId.of(id), "law-1", Tag.of(tag), sealed);
      Event event = Event.first(verified, "verify", Instant.now(), null);
      nats.connection()
          .jetStream()
          .publish(EventType.VOTE_VERIFIED.subject(nats.name()), new EventCodec().encode(event));
    }
  }

  private static String get(URI url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
    }
  }

  private void awaitRecorded(int votes) {
    Await.until(PATIENCE, () -> books.participations() == votes, votes + " votes are recorded");
  }

  @Test
  void findsFunctionsByTheirServicesAndFollowsThem() throws Exception {
    try (KnativeServices cluster = new KnativeServices();
        FunctionProcess dedup = function("dedup", "dedup");
        FunctionProcess store = function("store", "store");
        FunctionProcess trigger = trigger(cluster)) {
      vote(0, 100, 1);
      // Not ready yet: what is refused or not found meanwhile counts against nobody.
      cluster.add("dedup", DedupVotes.class, dedup.url());
      cluster.add("store", StoreVotes.class, store.url());
      dedup.awaitReady();
      store.awaitReady();
      trigger.awaitReady();
      awaitRecorded(100);
      URI health = trigger.url().resolve("/health/readiness");
      assertThat(get(health)).contains("\"dedup\":\"bound\"", "\"store\":\"bound\"");

      try (FunctionProcess moved = function("dedup", "moved")) {
        cluster.move("dedup", moved.url());
        dedup.close();
        moved.awaitReady();
        vote(0, 200, 2);
        awaitRecorded(200);
        cluster.delete("store");
        Await.until(
            PATIENCE, () -> !get(trigger.url().resolve("/stats")).contains("store"), "unbound");
        vote(200, 250, 1);
        cluster.add("store", StoreVotes.class, store.url());
        awaitRecorded(250);
      }
      assertThat(books.envelopes()).isEqualTo(250);
      assertThat(
              nats.connection()
                  .jetStreamManagement()
                  .getStreamInfo(StreamName.PARKED.in(nats.name()))
                  .getStreamState()
                  .getMsgCount())
          .as("nothing was held against a vote")
          .isZero();
    }
  }
}
