package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody of ours sent, put straight onto the subjects. */
class PoisonTest {
  /** The bindings that read each subject: verify and audit read a cast, and so on. */
  private static final List<EventType> POISONED =
      List.of(
          EventType.VOTE_CAST,
          EventType.VOTE_VERIFIED,
          EventType.VOTE_ACCEPTED,
          EventType.VOTE_RECORDED,
          EventType.VOTE_REJECTED,
          EventType.VOTE_DUPLICATED);

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;
  private static Books books;
  private static Connection nats;

  @BeforeAll
  static void start() throws Exception {
    system = Started.on(dir, 2_000, new Shape.Together());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    books = new Books(system.servers().owner());
    nats = Nats.connect(system.servers().nats().url());
  }

  @AfterAll
  static void stop() throws Exception {
    nats.close();
    client.close();
    system.close();
  }

  private static long parkedMessages() throws Exception {
    return nats.jetStreamManagement()
        .getStreamInfo(Settings.ENVIRONMENT + "-PARKED")
        .getStreamState()
        .getMsgCount();
  }

  private static void poison(EventType type, byte[] message) throws Exception {
    nats.jetStream().publish(type.subject(Settings.ENVIRONMENT), message);
  }

  private static byte[] forgedCast() {
    byte[] tag = new byte[Tag.LENGTH_BYTES];
    Arrays.fill(tag, (byte) 7);
    VoteCast forged =
        new VoteCast(
            VoteId.of(new byte[VoteId.LENGTH_BYTES]),
            DemoReferendum.LAW_ID,
            Tag.of(tag),
            new SealedChoice(1, "demo-1", Bytes.of(new byte[122])),
            Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]));
    return new EventCodec().encode(Event.first(forged, "nobody", Instant.now(), null));
  }

  @Test
  void parksItAndHarmsNoNeighbour() throws Exception {
    Crowd crowd = new Crowd(client, system.voters(), "poison");
    crowd.arrive(200, Duration.ofSeconds(1));
    byte[] truncated = "{\"specversion\":\"1.0\",\"id\":\"half".getBytes(StandardCharsets.UTF_8);
    for (EventType type : POISONED) {
      poison(type, truncated);
    }
    poison(EventType.VOTE_CAST, forgedCast());
    crowd.arrive(200, Duration.ofSeconds(3));

    Set<String> ids = new HashSet<>(crowd.accepted().values());
    assertThat(ids).hasSize(crowd.size());
    Await.until(
        Duration.ofSeconds(60),
        () -> books.withOutcome(ids, 2) == ids.size() && books.ballots() == ids.size(),
        "all neighbours are recorded and counted");
    // A cast is read by verify and audit, so its truncated one is parked by each; the forged one
    // is readable, and verify alone finds it out. Tally reads no recorded event's content.
    Await.until(
        Duration.ofSeconds(60), () -> parkedMessages() == 8, "exactly the poison is parked");
    assertThat(books.participations()).isEqualTo(ids.size());
    Await.until(
        () -> books.number("SELECT count(*) FROM audit.review_queue") >= 1,
        "the forged vote waits for a person");
  }
}
