package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.scrutin.broker.BrokerLink;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.event.Outcome;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.testing.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What voters are told who wait for their outcome. */
final class OutcomeOnNatsTest extends OutcomesOnNats {
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
  void findsAnOutcomeAmongOthers() throws Exception {
    VoteRecorded other = new VoteRecorded(VoteId.of(new byte[VoteId.LENGTH_BYTES]), LAW);
    eachCastIsRecordedWith(other, other);
    Map<?, ?> outcome = submit.json(submit.vote(vote(LAW), "Prefer", "wait=20"));
    assertThat(outcome.get("status")).isEqualTo("recorded");
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
}
