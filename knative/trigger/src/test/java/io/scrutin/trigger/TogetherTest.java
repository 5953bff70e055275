package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.cast;
import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.number;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.CODEC;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.binding;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.sized;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteVerified;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens.By;
import io.scrutin.testing.Await;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages that hold several events: each event is answered, and each message is acked once. */
final class TogetherTest extends OnBroker {
  private static final BindingConfig DEDUP = binding("dedup", By.STREAM, EventType.VOTE_VERIFIED);

  private static Answer accept(Event event) {
    VoteVerified vote = (VoteVerified) event.fact();
    return Answer.emit(new VoteAccepted(vote.voteId(), vote.lawId(), vote.tag(), vote.sealed()));
  }

  private static List<Event> verifiedEvents(int from, int until) {
    return IntStream.range(from, until)
        .mapToObj(i -> cast(i).then(verified(cast(i)), "verify", Instant.now()))
        .toList();
  }

  private void publishTogether(List<Event> events) throws Exception {
    publish(nats, EventType.VOTE_VERIFIED, CODEC.encodeBatch(events));
  }

  private void awaitDedupAcked() {
    Await.until(() -> isAllAcked(nats, "dedup"), "everything acked");
  }

  private List<Integer> accepted() throws Exception {
    return kept(nats, EventType.VOTE_ACCEPTED).stream().map(Casts::number).toList();
  }

  @Test
  void whatFollowsFromABatchIsKeptInFewMessages() throws Exception {
    publish(nats, casts(0, 200));
    try (TestTrigger _ =
        new TestTrigger(nats, QUICK, TestStep.verifying()).with(sized(verify(), 200, 1))) {
      Await.until(() -> isAllAcked(nats, "verify"), "everything acked");
    }
    assertThat(kept(nats, EventType.VOTE_VERIFIED)).extracting(Casts::number).hasSize(200);
    long messages =
        nats.connection()
            .jetStreamManagement()
            .getStreamInfo(StreamName.VOTES.in(nats.name()))
            .getStreamState()
            .getMsgCount();
    assertThat(messages).isLessThan(20);
  }

  @Test
  void everyEventOfAMessageIsAnsweredAndStampedByTheBroker() throws Exception {
    publishTogether(verifiedEvents(0, 5));
    List<Event> asked = new ArrayList<>();
    TestStep step =
        TestStep.each(
            "dedup",
            event -> {
              asked.add(event);
              return accept(event);
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(DEDUP)) {
      awaitDedupAcked();
    }
    assertThat(accepted()).containsExactly(0, 1, 2, 3, 4);
    assertThat(asked).extracting(Event::stampedAt).doesNotContainNull();
    assertThat(asked.stream().map(Event::stampedAt).distinct()).hasSize(1);
  }

  @Test
  void noCallIsLargerThanItsBatch() throws Exception {
    publishTogether(verifiedEvents(0, 30));
    TestStep step = TestStep.each("dedup", TogetherTest::accept);
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(sized(DEDUP, 8, 1))) {
      awaitDedupAcked();
    }
    assertThat(step.calls()).extracting(List::size).containsExactly(8, 8, 8, 6);
    assertThat(accepted()).hasSize(30);
  }

  @Test
  void allComeAgainWhileOneCannotBeAnswered() throws Exception {
    publishTogether(verifiedEvents(0, 3));
    AtomicInteger later = new AtomicInteger(2);
    TestStep step =
        TestStep.each(
            "dedup",
            event ->
                number(event) == 1 && later.getAndDecrement() > 0
                    ? new Answer.Retry("not yet")
                    : accept(event));
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(DEDUP)) {
      awaitDedupAcked();
    }
    assertThat(step.asked()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    assertThat(accepted()).containsOnly(0, 1, 2);
    assertThat(parked()).isEmpty();
  }

  @Test
  void oneThatBreaksItsFunctionGoesOnAloneAndIsParked() throws Exception {
    publishTogether(verifiedEvents(0, 4));
    AtomicInteger others = new AtomicInteger(10);
    TestStep step =
        TestStep.each(
            "dedup",
            event -> {
              if (number(event) == 2) {
                throw new IllegalStateException("poison");
              }
              return accept(event);
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(DEDUP)) {
      Await.until(
          () -> {
            publishTogether(verifiedEvents(others.get(), others.incrementAndGet()));
            return parked().size() == 1;
          },
          "one parked");
      awaitDedupAcked();
    }
    assertThat(parked().getFirst().voteId()).isEqualTo(Casts.id(2));
    assertThat(accepted()).contains(0, 1, 3).doesNotContain(2);
  }

  @Test
  void parksAMessageOfWhichOnePartCannotBeRead() throws Exception {
    String good = new String(CODEC.encode(verifiedEvents(0, 1).getFirst()), StandardCharsets.UTF_8);
    publish(
        nats,
        EventType.VOTE_VERIFIED,
        ("[" + good + ",{\"no\":\"event\"}]").getBytes(StandardCharsets.UTF_8));
    TestStep step = TestStep.each("dedup", TogetherTest::accept);
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(DEDUP)) {
      Await.until(() -> parked().size() == 1, "parked");
      awaitDedupAcked();
    }
    assertThat(step.calls()).isEmpty();
    assertThat(parked().getFirst().voteId()).isNull();
  }
}
