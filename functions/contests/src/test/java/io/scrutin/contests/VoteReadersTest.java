package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.scrutin.broker.VoteReaders;
import io.scrutin.event.EventType;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Votes on their way at the end, on a real broker. */
class VoteReadersTest {
  private static final Duration ACKED = Duration.ofSeconds(5);

  private final TestNats.Environment nats = TestNats.freshEnvironment();
  private final Readers steps = new Readers(nats);
  private final VoteReaders readers = new VoteReaders(nats.connection(), nats.name());

  @BeforeEach
  void makeDurables() throws Exception {
    steps.make();
  }

  @AfterEach
  void close() {
    nats.close();
  }

  private Instant publish(EventType type) throws Exception {
    var ack =
        nats.connection()
            .jetStream()
            .publish(type.subject(nats.name()), "an event".getBytes(StandardCharsets.UTF_8));
    return nats.connection()
        .jetStreamManagement()
        .getMessage(type.stream().in(nats.name()), ack.getSeqno())
        .getTime()
        .toInstant();
  }

  /** A contest ends right after a cast, whose way has only begun then. */
  private Instant endAfterACast() throws Exception {
    Instant end = publish(EventType.VOTE_CAST).plusMillis(1);
    Await.until(() -> Instant.now().isAfter(end), "the end");
    return end;
  }

  private void readCast() throws Exception {
    steps.read("verify");
    steps.read("audit-cast");
  }

  private List<String> behind(Instant end) throws Exception {
    return readers.behind(end).stream().map(why -> why.replaceAll(" .*", "")).toList();
  }

  @Test
  void whatFollowsFromAVoteInTimeIsStampedAfterTheEndAndAwaitedAllTheSame() throws Exception {
    Instant end = endAfterACast();
    assertThat(behind(end)).containsExactly("verify", "audit-cast");
    assertThat(publish(EventType.VOTE_VERIFIED)).isAfter(end);
    readCast();
    assertThat(behind(end)).containsExactly("dedup");
    publish(EventType.VOTE_ACCEPTED);
    steps.read("dedup");
    assertThat(behind(end)).containsExactly("store");
    publish(EventType.VOTE_RECORDED);
    steps.read("store");
    assertThat(behind(end)).containsExactly("audit-recorded");
    steps.read("audit-recorded");
    assertThat(behind(end)).isEmpty();
  }

  @Test
  void aVoteThatGoesOnWhileTheyAreLookedAtIsFoundWhereItGoes() throws Exception {
    Instant end = endAfterACast();
    publish(EventType.VOTE_VERIFIED);
    readCast();
    Message verified = steps.take("dedup");
    CompletableFuture<Void> dedup =
        CompletableFuture.runAsync(
            () -> {
              try {
                // Long enough for a look at all others.
                Thread.sleep(500);
                publish(EventType.VOTE_ACCEPTED);
                verified.ackSync(ACKED);
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    assertThat(behind(end)).containsExactly("store");
    dedup.join();
  }

  @Test
  void votesOfAnotherContestThatKeepComingHoldNothingUp() throws Exception {
    Instant end = endAfterACast();
    readCast();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> traffic =
        CompletableFuture.runAsync(
            () -> {
              try {
                publish(EventType.VOTE_VERIFIED);
                while (!over.get()) {
                  Message message = steps.take("dedup");
                  // Whenever one is read, the next is there.
                  publish(EventType.VOTE_VERIFIED);
                  message.ackSync(ACKED);
                }
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    try {
      Await.until(() -> behind(end).isEmpty(), "past the end, though never done");
    } finally {
      over.set(true);
      traffic.join();
    }
  }
}
