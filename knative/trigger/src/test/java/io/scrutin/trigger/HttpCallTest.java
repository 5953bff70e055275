package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.number;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.at;
import static io.scrutin.trigger.TestTrigger.binding;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.EventType;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens.By;
import io.scrutin.step.Reply;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {
  private static final int MORE_THAN_THE_ATTEMPTS = 3 * 5;

  private final TestNats.Environment nats = TestNats.freshEnvironment();

  @AfterEach
  void close() {
    nats.close();
  }

  private void assertAllVerifiedNoneParked(int count) throws Exception {
    Await.until(() -> isAllAcked(nats, "verify"), "acked");
    assertThat(kept(nats, EventType.VOTE_VERIFIED)).hasSize(count);
    assertThat(kept(nats, EventType.EVENT_PARKED)).isEmpty();
  }

  @Test
  void carriesBatchesToAFunctionAndItsAnswersBack() throws Exception {
    TestStep step = TestStep.verifying();
    publish(nats, casts(0, 120));
    try (TestFunction function = new TestFunction(step);
        TestTrigger _ = new TestTrigger(nats, QUICK).with(at(verify(), function.url()))) {
      assertAllVerifiedNoneParked(120);
    }
    assertThat(step.calls()).anySatisfy(call -> assertThat(call).hasSize(50));
    assertThat(step.calls().getFirst())
        .allSatisfy(event -> assertThat(event.stampedAt()).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 404, 408, 429, 502, 504})
  void parksNothingDuringAnOutage(int status) throws Exception {
    try (TestFunction function = new TestFunction(TestStep.verifying());
        TestTrigger trigger = new TestTrigger(nats, QUICK).with(at(verify(), function.url()))) {
      function.alwaysAnswer(status, new byte[0]);
      publish(nats, casts(0, 3));
      Await.until(() -> function.requests() > MORE_THAN_THE_ATTEMPTS, "asked again and again");
      assertThat(trigger.stats("verify").retried()).isZero();
      function.beWell();
      assertAllVerifiedNoneParked(3);
    }
  }

  @Test
  void parksNothingWhileConnectionsAreRefused() throws Exception {
    try (TestFunction function = new TestFunction(TestStep.verifying());
        TestTrigger trigger = new TestTrigger(nats, QUICK).with(at(verify(), function.url()))) {
      function.stop();
      publish(nats, casts(0, 3));
      Await.until(() -> trigger.stats("verify").inFlight() == 1, "the batch is in hand");
      assertThat(kept(nats, EventType.VOTE_VERIFIED)).isEmpty();
      function.startAgain();
      assertAllVerifiedNoneParked(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "not json",
        "[{\"specversion\":\"1.0\",\"type\":\"voting.vote.verified.v1\"}]"
      })
  void takesASuccessWithoutAnAnswerForEachEventAsBroken(String body) throws Exception {
    try (TestFunction function = new TestFunction(TestStep.verifying());
        TestTrigger trigger = new TestTrigger(nats, QUICK).with(at(verify(), function.url()))) {
      function.alwaysAnswer(200, body.getBytes(StandardCharsets.UTF_8));
      publish(nats, casts(0, 2));
      Await.until(() -> trigger.stats("verify").retried() > 2, "set aside and tried again");
      function.beWell();
      assertAllVerifiedNoneParked(2);
    }
  }

  @Test
  void parksWhatGetsA500WhileOthersPass() throws Exception {
    TestStep step =
        TestStep.each(
            "verify",
            event -> {
              if (number(event) == 1) {
                throw new IllegalStateException("poison");
              }
              return Answer.emit(verified(event));
            });
    AtomicInteger next = new AtomicInteger(3);
    try (TestFunction function = new TestFunction(step);
        TestTrigger trigger = new TestTrigger(nats, QUICK).with(at(verify(), function.url()))) {
      publish(nats, casts(0, 3));
      // Votes go on coming: between each attempt and the next another one passes.
      Await.until(
          () -> {
            publish(nats, casts(next.get(), next.incrementAndGet()));
            return trigger.stats("verify").parked() == 1;
          },
          "parked");
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
    }
    assertThat(kept(nats, EventType.VOTE_VERIFIED)).hasSize(next.get() - 1);
  }

  @Test
  void takesAFunctionThatDoesNotAnswerInTimeAsAway() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    TestStep step =
        TestStep.each(
            "verify",
            event -> {
              try {
                held.await();
              } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
              }
              return Answer.emit(verified(event));
            });
    try (TestFunction function = new TestFunction(step);
        FunctionCalls calls =
            new FunctionCalls(
                List.of(), TestTrigger.CODEC, Clock.systemUTC(), Duration.ofMillis(200))) {
      FunctionCall call = calls.to(at(verify(), function.url()));
      assertThat(call.call(casts(0, 1))).isInstanceOf(Reply.Away.class);
      held.countDown();
      assertThat(call.call(casts(0, 1))).isInstanceOf(Reply.Answers.class);
    }
  }

  @Test
  void takesAnAnswerOverTheLimitAsBroken() throws Exception {
    try (TestFunction function = new TestFunction(TestStep.verifying());
        FunctionCalls calls =
            new FunctionCalls(
                List.of(), TestTrigger.CODEC, Clock.systemUTC(), Duration.ofSeconds(20))) {
      function.alwaysAnswer(200, new byte[BoundedBody.MAX_BYTES + 1]);
      assertThat(calls.to(at(verify(), function.url())).call(casts(0, 1)))
          .isEqualTo(new Reply.Broken("an answer over " + BoundedBody.MAX_BYTES + " bytes"));
    }
  }

  /** But for those that are told how it ended: nobody waits for them. */
  @Test
  void wakesTheFunctionsAheadAfterSilence() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    TestStep slow =
        TestStep.each(
            "verify",
            event -> {
              try {
                held.await();
              } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
              }
              return Answer.emit(verified(event));
            });
    TestStep nothing = TestStep.each("dedup", _ -> Answer.nothing());
    try (TestFunction dedup = new TestFunction(nothing);
        TestFunction store = new TestFunction(nothing);
        TestFunction audit = new TestFunction(nothing);
        TestFunction tally = new TestFunction(nothing);
        TestTrigger _ =
            new TestTrigger(nats, QUICK, slow)
                .with(
                    verify(),
                    at(binding("dedup", By.STREAM, EventType.VOTE_VERIFIED), dedup.url()),
                    at(binding("store", By.STREAM, EventType.VOTE_ACCEPTED), store.url()),
                    at(binding("audit", By.STREAM, EventType.VOTE_RECORDED), audit.url()),
                    at(binding("tally", By.WAKE, EventType.VOTE_RECORDED), tally.url()))) {
      publish(nats, casts(0, 1));
      // While the first step still holds the first vote.
      Await.until(() -> dedup.emptyBatches() == 1 && store.emptyBatches() == 1, "both are woken");
      publish(nats, casts(1, 20));
      held.countDown();
      Await.until(() -> isAllAcked(nats, "verify") && isAllAcked(nats, "dedup"), "acked");
      assertThat(dedup.emptyBatches()).isEqualTo(1);
      assertThat(store.emptyBatches()).isEqualTo(1);
      assertThat(audit.emptyBatches()).isZero();
      assertThat(tally.emptyBatches()).isZero();
    }
  }
}
