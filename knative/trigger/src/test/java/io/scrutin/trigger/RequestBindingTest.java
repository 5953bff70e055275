package io.scrutin.trigger;

import static io.scrutin.trigger.TestTrigger.CODEC;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.at;
import static io.scrutin.trigger.TestTrigger.binding;
import static io.scrutin.trigger.TestTrigger.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Message;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.broker.Requests;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.step.Listens.By;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestBindingTest {
  private static final BindingConfig OUTCOME =
      binding("audit", By.REQUEST, EventType.OUTCOME_ASKED);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TestNats.Environment nats = TestNats.freshEnvironment();
  private final BrokerLink broker = BrokerLink.open(nats.url(), "asking");
  private final Requests requests = new Requests(broker, nats.name(), CODEC);

  @AfterEach
  void close() throws Exception {
    broker.close();
    nats.close();
  }

  private static Event question(int number) {
    return Event.first(new OutcomeAsked(Casts.id(number)), "submit", Instant.EPOCH, null);
  }

  private static TestStep telling() {
    return TestStep.each(
        "audit",
        event -> Answer.emit(new OutcomeTold(((OutcomeAsked) event.fact()).voteId(), null)));
  }

  private Event ask(int number) throws Exception {
    return requests.ask(question(number), PATIENCE).get();
  }

  private void awaitListening() {
    Await.until(
        () -> {
          broker.await(PATIENCE);
          return ask(0).fact() instanceof OutcomeTold;
        },
        "somebody answers");
  }

  /** The raw answer, as whoever asks gets it. */
  private Message answer(byte[] question) throws Exception {
    return nats.connection().request(EventType.OUTCOME_ASKED.subject(nats.name()), question).get();
  }

  @Test
  void answersRequests() throws Exception {
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, telling()).with(OUTCOME)) {
      awaitListening();
      assertThat(ask(7).fact()).isEqualTo(new OutcomeTold(Casts.id(7), null));
      // It counts after it has answered.
      Await.until(() -> trigger.stats("audit").delivered() >= 2, "both are counted");
    }
  }

  @Test
  void asksAFunctionBehindHttp() throws Exception {
    try (TestFunction function = new TestFunction(telling());
        TestTrigger _ = new TestTrigger(nats, QUICK).with(at(OUTCOME, function.url()))) {
      awaitListening();
      assertThat(ask(7).fact()).isEqualTo(new OutcomeTold(Casts.id(7), null));
    }
  }

  @Test
  void letsOneOfSeveralTriggersAnswer() throws Exception {
    TestStep left = telling();
    TestStep right = telling();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, left).with(OUTCOME);
        TestTrigger _ = new TestTrigger(nats, QUICK, right).with(OUTCOME)) {
      awaitListening();
      int before = left.calls().size() + right.calls().size();
      for (int i = 0; i < 20; i++) {
        ask(i);
      }
      assertThat(left.calls().size() + right.calls().size()).isEqualTo(before + 20);
    }
  }

  @Test
  void saysLaterAtOnceWhenTheFunctionIsAway() throws Exception {
    try (TestFunction function = new TestFunction(telling());
        TestTrigger _ = new TestTrigger(nats, QUICK).with(at(OUTCOME, function.url()))) {
      awaitListening();
      function.stop();
      Message later = answer(CODEC.encode(question(1)));
      assertThat(later.getHeaders().getFirst(Question.ERROR_CODE)).isEqualTo("503");
      assertThatThrownBy(() -> ask(1)).hasCauseInstanceOf(BrokerRefused.class);
    }
  }

  @Test
  void saysLaterWhenAStepsDependencyIsAway() throws Exception {
    CountDownLatch away = new CountDownLatch(1);
    TestStep step =
        TestStep.each(
            "audit",
            event -> {
              if (away.getCount() == 0) {
                throw new DependencyAway("postgres");
              }
              return Answer.emit(new OutcomeTold(((OutcomeAsked) event.fact()).voteId(), null));
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(OUTCOME)) {
      awaitListening();
      away.countDown();
      Message later = answer(CODEC.encode(question(1)));
      assertThat(later.getHeaders().getFirst(Question.ERROR_CODE)).isEqualTo("503");
    }
  }

  @Test
  void refusesAQuestionThatItCannotRead() throws Exception {
    TestStep step = telling();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(OUTCOME)) {
      awaitListening();
      int before = step.calls().size();
      Message refused = answer("nonsense".getBytes(StandardCharsets.UTF_8));
      assertThat(refused.getHeaders().getFirst(Question.ERROR_CODE)).isEqualTo("400");
      assertThat(step.calls()).hasSize(before);
    }
  }

  /** A step that holds its answer to the first question until told. */
  private static TestStep holding(CountDownLatch asked, CountDownLatch held) {
    return TestStep.each(
        "audit",
        event -> {
          OutcomeAsked question = (OutcomeAsked) event.fact();
          if (question.voteId().equals(Casts.id(1))) {
            asked.countDown();
            try {
              held.await();
            } catch (InterruptedException stopping) {
              throw new IllegalStateException(stopping);
            }
          }
          return Answer.emit(new OutcomeTold(question.voteId(), null));
        });
  }

  @Test
  void takesNoMoreQuestionsAtOnceThanItsLimitAndSaysWhy() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    try (TestTrigger _ =
        new TestTrigger(nats, QUICK, holding(asked, held)).with(sized(OUTCOME, 1, 1))) {
      awaitListening();
      var first = requests.ask(question(1), PATIENCE);
      asked.await();
      Message later = answer(CODEC.encode(question(2)));
      assertThat(later.getHeaders().getFirst(Question.ERROR_CODE)).isEqualTo("503");
      assertThatThrownBy(() -> ask(2)).hasMessageContaining("too many questions at once");
      held.countDown();
      assertThat(first.get().fact()).isEqualTo(new OutcomeTold(Casts.id(1), null));
    }
  }

  @Test
  void letsARushOfQuestionsWaitForAPlaceInsteadOfSendingItAway() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    try (TestTrigger _ =
        new TestTrigger(nats, QUICK, holding(asked, held)).with(sized(OUTCOME, 1, 1))) {
      awaitListening();
      var first = requests.ask(question(1), PATIENCE);
      asked.await();
      List<CompletableFuture<Event>> rush =
          IntStream.range(2, 22).mapToObj(i -> requests.ask(question(i), PATIENCE)).toList();
      held.countDown();
      assertThat(first.get().fact()).isEqualTo(new OutcomeTold(Casts.id(1), null));
      for (CompletableFuture<Event> one : rush) {
        assertThat(one.get().fact()).isInstanceOf(OutcomeTold.class);
      }
    }
  }

  @Test
  void asksForManyWhoWaitInOneCall() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    TestStep step = holding(asked, held);
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(sized(OUTCOME, 100, 1))) {
      awaitListening();
      var first = requests.ask(question(1), PATIENCE);
      asked.await();
      int before = step.calls().size();
      List<CompletableFuture<Event>> rush =
          IntStream.range(0, 40)
              .mapToObj(i -> requests.ask(question(2 + i / 2), PATIENCE))
              .toList();
      // In order: when this is answered all of the rush have come before it.
      nats.connection().flush(PATIENCE);
      held.countDown();
      assertThat(first.get().fact()).isEqualTo(new OutcomeTold(Casts.id(1), null));
      for (int i = 0; i < rush.size(); i++) {
        assertThat(rush.get(i).get().fact()).isEqualTo(new OutcomeTold(Casts.id(2 + i / 2), null));
      }
      assertThat(step.calls().size() - before).isLessThan(rush.size() / 2);
    }
  }

  @Test
  void aQuestionThatBreaksTheFunctionKeepsNobodyElseFromAnAnswer() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    TestStep holding = holding(asked, held);
    TestStep step =
        TestStep.each(
            "audit",
            event -> {
              OutcomeAsked question = (OutcomeAsked) event.fact();
              if (question.voteId().equals(Casts.id(13))) {
                throw new IllegalStateException("broken by it");
              }
              return holding.answer(List.of(event)).getFirst();
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(sized(OUTCOME, 100, 1))) {
      awaitListening();
      var first = requests.ask(question(1), PATIENCE);
      asked.await();
      var breaking = requests.ask(question(13), PATIENCE);
      var beside = requests.ask(question(14), PATIENCE);
      held.countDown();
      assertThat(first.get().fact()).isEqualTo(new OutcomeTold(Casts.id(1), null));
      assertThat(beside.get().fact()).isEqualTo(new OutcomeTold(Casts.id(14), null));
      assertThatThrownBy(breaking::get).hasMessageContaining("the function failed");
    }
  }
}
