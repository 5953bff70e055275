package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.event.Outcome;
import io.scrutin.event.VoteId;
import io.scrutin.testing.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What voters are told who come, or come again, after the end. */
final class LateVoteTest extends OutcomesOnNats {
  private static final String ENDING = "ending-law";

  private JetStreamManagement management;

  @BeforeEach
  void auditHasReadAll() throws Exception {
    management = nats.connection().jetStreamManagement();
    reader(EventType.VOTE_CAST, PastVotes.AUDIT_CAST);
    reader(EventType.EVENT_PARKED, PastVotes.AUDIT_PARKED);
  }

  private static String stream(EventType type) {
    return type.stream().in(nats.name());
  }

  private void reader(EventType type, String durable) throws Exception {
    management.addOrUpdateConsumer(
        stream(type),
        ConsumerConfiguration.builder()
            .durable(durable)
            .deliverPolicy(DeliverPolicy.New)
            .filterSubject(type.subject(nats.name()))
            .build());
  }

  @AfterEach
  void auditIsGone() throws Exception {
    forget(EventType.VOTE_CAST, PastVotes.AUDIT_CAST);
    forget(EventType.EVENT_PARKED, PastVotes.AUDIT_PARKED);
  }

  private void forget(EventType type, String durable) throws Exception {
    if (management.getConsumerNames(stream(type)).contains(durable)) {
      management.deleteConsumer(stream(type), durable);
    }
  }

  @Test
  void tellsARetryAfterTheEndWhatBecameOfTheVote() throws Exception {
    auditTells(asked -> new Outcome(Outcome.Status.RECORDED, 1, null, THEN));
    HttpResponse<String> answer = submit.vote(vote("past-law"), "Idempotency-Key", "in-time");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(submit.json(answer).get("status")).isEqualTo("recorded");
  }

  @Test
  void refusesNothingAfterTheEndWhileNobodyCanTell() throws Exception {
    HttpResponse<String> answer = submit.vote(vote("past-law"), "Idempotency-Key", "perhaps");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void refusesAfterTheEndWhatNobodyKnows() throws Exception {
    auditTells(asked -> null);
    assertThat(late()).isEqualTo(409);
  }

  private static int late() throws Exception {
    return late("past-law");
  }

  private static int late(String law) throws Exception {
    return submit.vote(vote(law), "Idempotency-Key", "late").statusCode();
  }

  @Test
  void refusesNothingAfterTheEndWhileCastsFromBeforeAreUnread() throws Exception {
    auditTells(asked -> null);
    announceEnding();
    Await.until(() -> submit.vote(vote(ENDING)).statusCode() == 202, "the vote is taken");
    Await.until(() -> late(ENDING) != 202, "the contest is over");
    assertThat(late(ENDING)).isEqualTo(503);
    Message cast = next(EventType.VOTE_CAST, PastVotes.AUDIT_CAST);
    assertThat(late(ENDING)).as("it is in audit's hand").isEqualTo(503);
    cast.ackSync(Duration.ofSeconds(5));
    for (int more = unread(); more > 0; more--) {
      next(EventType.VOTE_CAST, PastVotes.AUDIT_CAST).ackSync(Duration.ofSeconds(5));
    }
    assertThat(late(ENDING)).isEqualTo(409);
  }

  private static void announceEnding() throws Exception {
    Instant now = Instant.now();
    SubmitServer.announce(
        nats.connection(),
        nats.name(),
        new ContestOpened(Samples.contest(ENDING, now.minusSeconds(60), now.plusSeconds(4))));
  }

  private int unread() throws Exception {
    return Math.toIntExact(
        management
            .getConsumerInfo(stream(EventType.VOTE_CAST), PastVotes.AUDIT_CAST)
            .getNumPending());
  }

  /**
   * Over, but not for long enough that what audit has read by now is known to be all. One for each
   * test: what one of them was told is not forgotten in the next.
   */
  private static String justOver() throws Exception {
    String law = "over-law-" + System.nanoTime();
    Instant now = Instant.now();
    SubmitServer.announce(
        nats.connection(),
        nats.name(),
        new ContestOpened(Samples.contest(law, now.minusSeconds(7200), now.minusSeconds(10))));
    Await.until(() -> Set.of(409, 503).contains(late(law)), "submit knows the contest");
    return law;
  }

  /** Where another contest goes on there is always a cast that audit has not read yet. */
  @Test
  void refusesAfterTheEndWhileLaterCastsAreUnread() throws Exception {
    auditTells(asked -> null);
    String over = justOver();
    assertThat(submit.vote(vote(LAW)).statusCode()).isEqualTo(202);
    assertThat(unread()).isEqualTo(1);
    assertThat(late(over)).isEqualTo(409);
    Message cast = next(EventType.VOTE_CAST, PastVotes.AUDIT_CAST);
    assertThat(late(over)).as("it is in audit's hand").isEqualTo(409);
    cast.ackSync(Duration.ofSeconds(5));
  }

  @Test
  void refusesNothingAfterTheEndWhileAParkedEventIsUnread() throws Exception {
    auditTells(asked -> null);
    String over = justOver();
    SubmitServer.announce(nats.connection(), nats.name(), parked());
    assertThat(late(over)).isEqualTo(503);
    next(EventType.EVENT_PARKED, PastVotes.AUDIT_PARKED).ackSync(Duration.ofSeconds(5));
    assertThat(late(over)).isEqualTo(409);
  }

  private static EventParked parked() {
    return new EventParked(
        PastVotes.AUDIT_CAST,
        "CASTS",
        7,
        EventType.VOTE_CAST.subject(nats.name()),
        THEN,
        "it broke the step",
        VoteId.of(new byte[VoteId.LENGTH_BYTES]),
        LAW,
        null);
  }

  private static Message next(EventType type, String durable) throws Exception {
    return nats.connection()
        .jetStream()
        .subscribe(null, PullSubscribeOptions.bind(stream(type), durable))
        .fetch(1, Duration.ofSeconds(5))
        .getFirst();
  }

  @Test
  void refusesNothingAfterTheEndWithoutTheDurablesThatRead() throws Exception {
    auditTells(asked -> null);
    String over = justOver();
    forget(EventType.VOTE_CAST, PastVotes.AUDIT_CAST);
    assertThat(late(over)).isEqualTo(503);
    reader(EventType.VOTE_CAST, PastVotes.AUDIT_CAST);
    forget(EventType.EVENT_PARKED, PastVotes.AUDIT_PARKED);
    assertThat(late(over)).isEqualTo(503);
    reader(EventType.EVENT_PARKED, PastVotes.AUDIT_PARKED);
    assertThat(late(over)).isEqualTo(409);
  }

  /** After a restart of the broker audit reads all of the last minutes again, and knows it. */
  @Test
  void refusesLongAfterTheEndWhileAuditReadsOnceMore() throws Exception {
    auditTells(asked -> null);
    assertThat(late()).isEqualTo(409);
    forget(EventType.VOTE_CAST, PastVotes.AUDIT_CAST);
    assertThat(late()).isEqualTo(409);
    assertThat(late(justOver())).isEqualTo(503);
  }
}
