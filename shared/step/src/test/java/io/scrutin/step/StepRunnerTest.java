package io.scrutin.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Answered;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteId;
import io.scrutin.event.Wake;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepRunnerTest {
  private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");
  private static final VoteId VOTE = VoteId.parse("00112233445566778899aabbccddeeff");

  /** A step that asks for outcomes and answers as it is told to. */
  private interface Behaviour {
    List<Answer> answer(List<Event> batch) throws SQLException;
  }

  private static StepRunner runner(Behaviour behaviour) {
    Step step =
        new Step() {
          @Override
          public String name() {
            return "example";
          }

          @Override
          public Set<EventType> reads() {
            return Set.of(EventType.OUTCOME_ASKED);
          }

          @Override
          public List<Answer> answer(List<Event> batch) throws SQLException {
            return behaviour.answer(batch);
          }
        };
    return new StepRunner(step, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static StepRunner each(Function<Event, Answer> answer) {
    return runner(batch -> batch.stream().map(answer).toList());
  }

  private static Event asked() {
    return Event.first(new OutcomeAsked(VOTE), "test", NOW, "00-trace-01");
  }

  private static List<Event> answers(Reply reply) {
    return reply instanceof Reply.Answers answers ? answers.events() : List.of();
  }

  @Test
  void enclosesWhatFollowsWithTheIdOfWhatItAnswers() {
    Reply reply = each(_ -> Answer.emit(new OutcomeTold(VOTE, null))).run(List.of(asked()));
    Event told = answers(reply).getFirst();
    assertThat(told.causationId()).isEqualTo(asked().id());
    assertThat(told.traceparent()).isEqualTo("00-trace-01");
    assertThat(told.source()).isEqualTo("example");
    assertThat(told.time()).isEqualTo(NOW);
  }

  @Test
  void givesTheSameAnswerTheSameIdEachTime() {
    StepRunner runner = each(_ -> Answer.emit(new OutcomeTold(VOTE, null)));
    assertThat(answers(runner.run(List.of(asked()))).getFirst().id())
        .isEqualTo(answers(runner.run(List.of(asked()))).getFirst().id());
  }

  @Test
  void answersEveryEventEvenWithNothing() {
    Reply reply = each(_ -> Answer.nothing()).run(List.of(asked()));
    assertThat(answers(reply).getFirst().fact())
        .isEqualTo(new Answered(Answered.Kind.NOTHING, asked().id(), null));
  }

  @Test
  void parksATypeThatTheStepDoesNotRead() {
    Event wake = Event.first(new Wake("binding"), "test", NOW, null);
    Reply reply = each(_ -> Answer.nothing()).run(List.of(asked(), wake));
    assertThat(answers(reply))
        .extracting(event -> ((Answered) event.fact()).kind())
        .containsExactlyInAnyOrder(Answered.Kind.NOTHING, Answered.Kind.PARK);
  }

  private static Reply woken(Readying readying) {
    Step step =
        new Step() {
          @Override
          public String name() {
            return "example";
          }

          @Override
          public void getReady() throws SQLException {
            readying.getReady();
          }

          @Override
          public List<Answer> answer(List<Event> batch) {
            throw new AssertionError("there is nothing to answer");
          }
        };
    return new StepRunner(step, Clock.systemUTC()).run(List.of());
  }

  private interface Readying {
    void getReady() throws SQLException;
  }

  @Test
  void aWakeGetsTheStepReady() {
    AtomicInteger readied = new AtomicInteger();
    assertThat(answers(woken(readied::incrementAndGet))).isEmpty();
    assertThat(readied).hasValue(1);
  }

  @Test
  void aWakeIsAnsweredEvenWhenTheStepCannotGetReady() {
    assertThat(
            woken(
                () -> {
                  throw new SQLException("away", "08006");
                }))
        .isEqualTo(new Reply.Answers(List.of()));
    assertThat(
            woken(
                () -> {
                  throw new IllegalStateException("broken");
                }))
        .isEqualTo(new Reply.Answers(List.of()));
  }

  @Test
  void breaksWhenAStepForgetsAnEvent() {
    assertThat(runner(_ -> List.of()).run(List.of(asked()))).isInstanceOf(Reply.Broken.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "57P01", "57P03", "53100", "53300", "40001", "40P01", "25006", "25P03", "25P04",
        "55P03"
      })
  void waitsForAPostgresThatIsAwayOrBusy(String sqlState) {
    StepRunner runner =
        runner(
            _ -> {
              throw new SQLException("away", sqlState);
            });
    assertThat(runner.run(List.of(asked()))).isInstanceOf(Reply.Away.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "23505", "42P01", "42501"})
  void breaksOnAStatementThatPostgresRefuses(String sqlState) {
    StepRunner runner =
        runner(
            _ -> {
              throw new SQLException("refused", sqlState);
            });
    assertThat(runner.run(List.of(asked()))).isInstanceOf(Reply.Broken.class);
  }

  @Test
  void waitsForAnyDependencyThatCannotBeReached() {
    StepRunner runner =
        runner(
            _ -> {
              throw new IllegalStateException(new ConnectException("refused"));
            });
    assertThat(runner.run(List.of(asked()))).isInstanceOf(Reply.Away.class);
  }

  @Test
  void saysNothingOfTheFailureToItsCaller() {
    StepRunner runner =
        runner(
            _ -> {
              throw new IllegalStateException("046454286");
            });
    assertThat(runner.run(List.of(asked())).toString()).doesNotContain("046454286");
  }
}
