package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.api.ConsumerConfiguration;
import io.scrutin.broker.BrokerLink;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.Outcome;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What voters are told who wait for their outcome, or who come again. */
class OutcomeOnNatsTest {
  private static final String LAW = "open-law";
  private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
  private static final EventCodec CODEC = new EventCodec();

  private static TestNats.Environment nats;
  private static SubmitServer submit;
  private @Nullable Dispatcher others;

  @BeforeAll
  static void start() throws Exception {
    nats = TestNats.freshEnvironment();
    Instant now = Instant.now();
    for (var law :
        Map.of(LAW, now.plusSeconds(3600), "past-law", now.minusSeconds(3600)).entrySet()) {
      SubmitServer.announce(
          nats.connection(),
          nats.name(),
          new ContestOpened(Samples.contest(law.getKey(), now.minusSeconds(7200), law.getValue())));
    }
    submit = SubmitServer.start(nats.url(), nats.name(), Map.of());
  }

  @AfterEach
  void silenceTheOthers() {
    if (others != null) {
      nats.connection().closeDispatcher(others);
    }
  }

  @AfterAll
  static void stop() {
    submit.close();
    nats.close();
  }

  @Test
  void holdsTheAnswerUntilTheVoteIsRecorded() throws Exception {
    eachCastLeadsTo(cast -> new VoteRecorded(cast.voteId(), LAW));
    HttpResponse<String> answer = submit.vote(vote(LAW), "Prefer", "wait=20");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=20");
    Map<?, ?> outcome = submit.json(answer);
    assertThat(outcome.get("status")).isEqualTo("recorded");
    assertThat(outcome.get("attempt_count")).isEqualTo(1);
    assertThat(outcome.keySet().stream().map(Object::toString))
        .containsExactlyInAnyOrder("request_id", "status", "attempt_count", "reason", "at");
  }

  @Test
  void tellsWhyAVoteIsRejected() throws Exception {
    eachCastLeadsTo(
        cast -> new VoteRejected(cast.voteId(), LAW, VoteRejected.Reason.UNKNOWN_CREDENTIAL));
    Map<?, ?> outcome = submit.json(submit.vote(vote(LAW), "Prefer", "wait=20"));
    assertThat(outcome.get("status")).isEqualTo("rejected");
    assertThat(outcome.get("reason")).isEqualTo("unknown_credential");
    assertThat(outcome.get("attempt_count")).isNull();
  }

  @Test
  void doesNotCallARecordedVoteTooLateWhenItsRetryIs() throws Exception {
    auditTells(asked -> new Outcome(Outcome.Status.RECORDED, 1, null, THEN));
    eachCastLeadsTo(cast -> new VoteRejected(cast.voteId(), LAW, VoteRejected.Reason.TOO_LATE));
    Map<?, ?> outcome = submit.json(submit.vote(vote(LAW), "Prefer", "wait=20"));
    assertThat(outcome.get("status")).isEqualTo("recorded");
  }

  @Test
  void tellsNobodyTooLateWhileNobodyCanConfirmIt() throws Exception {
    eachCastLeadsTo(cast -> new VoteRejected(cast.voteId(), LAW, VoteRejected.Reason.TOO_LATE));
    assertThat(submit.vote(vote(LAW), "Prefer", "wait=20").statusCode()).isEqualTo(202);
  }

  @Test
  void tellsThatAVoteIsParked() throws Exception {
    eachCastLeadsTo(cast -> parked(cast, EventType.VOTE_VERIFIED));
    Map<?, ?> outcome = submit.json(submit.vote(vote(LAW), "Prefer", "wait=20"));
    assertThat(outcome.get("status")).isEqualTo("parked");
  }

  @Test
  void callsNoVoteParkedWhoseOutcomeIs() throws Exception {
    eachCastLeadsTo(cast -> parked(cast, EventType.VOTE_RECORDED));
    assertThat(submit.vote(vote(LAW), "Prefer", "wait=1").statusCode()).isEqualTo(202);
  }

  private static EventParked parked(VoteCast cast, EventType type) {
    return new EventParked(
        "some-binding",
        "VOTES",
        7,
        type.subject(nats.name()),
        THEN,
        "it broke the step",
        cast.voteId(),
        LAW,
        null);
  }

  @Test
  void listensOnlyWhileSomebodyWaits() throws Exception {
    VoteId voteId = VoteId.of(new byte[VoteId.LENGTH_BYTES]);
    try (BrokerLink link = BrokerLink.open(nats.url(), "test")) {
      // On one connection the broker sees what is subscribed before what is published after it.
      Connection connection = link.await(Duration.ofSeconds(10));
      OutcomeFeed feed = new OutcomeFeed(link, nats.name(), CODEC, Duration.ZERO);
      assertThat(feed.isListening()).isFalse();
      for (int round = 0; round < 2; round++) {
        OutcomeFeed.Expected expected = feed.expect(voteId).orElseThrow();
        assertThat(feed.isListening()).isTrue();
        announceRecorded(connection, voteId);
        assertThat(expected.outcome().get(10, TimeUnit.SECONDS).status())
            .isEqualTo(Outcome.Status.RECORDED);
        feed.leave(expected);
        announceRecorded(connection, voteId);
        Await.until(() -> !feed.isListening(), "it listens no more");
      }
    }
  }

  private static void announceRecorded(Connection connection, VoteId voteId) throws Exception {
    SubmitServer.announce(connection, nats.name(), new VoteRecorded(voteId, LAW));
  }

  @Test
  void asksForTheNumberOfADuplicate() throws Exception {
    auditTells(asked -> new Outcome(Outcome.Status.DUPLICATE, 3, null, THEN));
    eachCastLeadsTo(cast -> new VoteDuplicated(cast.voteId(), LAW, cast.tag()));
    Map<?, ?> outcome = submit.json(submit.vote(vote(LAW), "Prefer", "wait=20"));
    assertThat(outcome.get("status")).isEqualTo("duplicate");
    assertThat(outcome.get("attempt_count")).isEqualTo(3);
  }

  @Test
  void tellsADuplicateWithoutANumberWhenNobodyKnowsIt() throws Exception {
    eachCastLeadsTo(cast -> new VoteDuplicated(cast.voteId(), LAW, cast.tag()));
    Map<?, ?> outcome = submit.json(submit.vote(vote(LAW), "Prefer", "wait=20"));
    assertThat(outcome.get("status")).isEqualTo("duplicate");
    assertThat(outcome.get("attempt_count")).isNull();
  }

  @Test
  void asksForAnOutcomeThatWasAnnouncedBeforeTheRetry() throws Exception {
    auditTells(asked -> new Outcome(Outcome.Status.RECORDED, 1, null, THEN));
    submit.vote(vote(LAW), "Idempotency-Key", "announced");
    HttpResponse<String> answer =
        submit.vote(vote(LAW), "Idempotency-Key", "announced", "Prefer", "wait=20");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(submit.json(answer).get("at")).isEqualTo(THEN.toString());
  }

  @Test
  void answers202WhenTheTimeIsUp() throws Exception {
    HttpResponse<String> answer = submit.vote(vote(LAW), "Prefer", "wait=1");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=1");
  }

  @Test
  void answersEachOfManyWhoWait() throws Exception {
    eachCastLeadsTo(cast -> new VoteRecorded(cast.voteId(), LAW));
    var posts =
        IntStream.range(0, 50)
            .mapToObj(_ -> submit.voteLater(vote(LAW), "Prefer", "wait=20"))
            .toList();
    assertThat(posts)
        .extracting(CompletableFuture::join)
        .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
  }

  @Test
  void tellsARetryAfterTheEndWhatBecameOfTheVote() throws Exception {
    auditTells(asked -> new Outcome(Outcome.Status.RECORDED, 1, null, THEN));
    HttpResponse<String> answer = submit.vote(vote("past-law"), "Idempotency-Key", "in-time");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(submit.json(answer).get("status")).isEqualTo("recorded");
  }

  @Test
  void refusesAfterTheEndWhatNobodyKnows() throws Exception {
    auditTells(asked -> null);
    Await.until(
        () -> submit.vote(vote("past-law"), "Idempotency-Key", "late").statusCode() == 409,
        "it is seen that all casts are read");
  }

  @Test
  void refusesNothingAfterTheEndWhileNobodyCanTell() throws Exception {
    HttpResponse<String> answer = submit.vote(vote("past-law"), "Idempotency-Key", "perhaps");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void refusesNothingAfterTheEndWhileCastsAreUnread() throws Exception {
    auditTells(asked -> null);
    String stream = StreamName.VOTES.in(nats.name());
    var management = nats.connection().jetStreamManagement();
    management.addOrUpdateConsumer(
        stream,
        ConsumerConfiguration.builder()
            .durable("slow")
            .filterSubject(EventType.VOTE_CAST.subject(nats.name()))
            .build());
    try {
      submit.vote(vote(LAW));
      Await.until(
          () -> submit.vote(vote("past-law"), "Idempotency-Key", "unread").statusCode() == 503,
          "casts are seen to be unread");
    } finally {
      management.deleteConsumer(stream, "slow");
    }
    Await.until(
        () -> submit.vote(vote("past-law"), "Idempotency-Key", "unread").statusCode() == 409,
        "all casts are seen to be read");
  }

  private static String vote(String lawId) {
    return Samples.vote(Samples.NAS, Samples.CODE, lawId, "oui");
  }

  private void eachCastLeadsTo(Function<VoteCast, Fact> next) throws Exception {
    others()
        .subscribe(
            EventType.VOTE_CAST.subject(nats.name()),
            message -> {
              VoteCast cast = (VoteCast) decoded(message.getData()).fact();
              try {
                SubmitServer.announce(nats.connection(), nats.name(), next.apply(cast));
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    flush();
  }

  private void auditTells(Function<OutcomeAsked, @Nullable Outcome> outcome) throws Exception {
    others()
        .subscribe(
            EventType.OUTCOME_ASKED.subject(nats.name()),
            message -> {
              Event question = decoded(message.getData());
              OutcomeAsked asked = (OutcomeAsked) question.fact();
              OutcomeTold told = new OutcomeTold(asked.voteId(), outcome.apply(asked));
              nats.connection()
                  .publish(message.getReplyTo(), CODEC.encode(question.then(told, "audit", THEN)));
            });
    flush();
  }

  /** What is published from now on is heard by the others. */
  private static void flush() throws Exception {
    nats.connection().flush(Duration.ofSeconds(5));
  }

  private Dispatcher others() {
    Dispatcher made = others == null ? nats.connection().createDispatcher() : others;
    others = made;
    return made;
  }

  private static Event decoded(byte[] data) {
    try {
      return CODEC.decode(data);
    } catch (EventCodec.MalformedEvent malformed) {
      throw new IllegalStateException(malformed);
    }
  }
}
