package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.cast;
import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Answered;
import io.scrutin.event.Answered.Kind;
import io.scrutin.event.Event;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.TallyUpdated;
import io.scrutin.trigger.Verdict.Done;
import io.scrutin.trigger.Verdict.Failed;
import io.scrutin.trigger.Verdict.Hopeless;
import io.scrutin.trigger.Verdict.Later;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AnswerMatchingTest {
  private static Event answer(Event question) {
    return question.then(verified(question), "verify", Instant.EPOCH);
  }

  private static Event control(Event question, Kind kind, String reason) {
    return question.then(new Answered(kind, question.id(), reason), "verify", Instant.EPOCH);
  }

  private static Verdict verdict(Event... answers) {
    return AnswerMatching.of(List.of(cast(1)), List.of(answers)).verdicts().getFirst();
  }

  @Property(tries = 200)
  void findsEachAnswerInWhateverOrderTheyCome(
      @ForAll @IntRange(max = 60) int asked,
      @ForAll @IntRange(max = 10) int strays,
      @ForAll long seed) {
    List<Event> questions = casts(0, asked);
    List<Event> answers = new ArrayList<>(questions.stream().map(q -> answer(q)).toList());
    answers.addAll(casts(1_000, 1_000 + strays).stream().map(q -> answer(q)).toList());
    Collections.shuffle(answers, new Random(seed));
    AnswerMatching matching = AnswerMatching.of(questions, answers);
    assertThat(matching.strays()).isEqualTo(strays);
    assertThat(matching.verdicts())
        .isEqualTo(questions.stream().map(q -> new Done(List.of(answer(q)))).toList());
  }

  @Test
  void countsAnAnswerThatNamesNoQuestionAsAStray() {
    Event nameless = Event.first(verified(cast(1)), "verify", Instant.EPOCH, null);
    AnswerMatching matching = AnswerMatching.of(List.of(cast(1)), List.of(nameless));
    assertThat(matching.strays()).isEqualTo(1);
    assertThat(matching.verdicts()).containsExactly(new Failed("no answer to it"));
  }

  @Test
  void takesAMissingAnswerAsBrokenForThatEventAlone() {
    AnswerMatching matching = AnswerMatching.of(casts(0, 2), List.of(answer(cast(1))));
    assertThat(matching.verdicts())
        .containsExactly(new Failed("no answer to it"), new Done(List.of(answer(cast(1)))));
  }

  @Test
  void readsWhatIsNoEventOfItsOwn() {
    assertThat(verdict(control(cast(1), Kind.NOTHING, "x"))).isEqualTo(new Done(List.of()));
    assertThat(verdict(control(cast(1), Kind.RETRY, "soon"))).isEqualTo(new Later("soon"));
    assertThat(verdict(control(cast(1), Kind.PARK, "never"))).isEqualTo(new Hopeless("never"));
  }

  @Test
  void takesSeveralEventsForOne() {
    Event second = cast(1).then(new TallyUpdated(Casts.LAW, 1), "verify", Instant.EPOCH);
    assertThat(verdict(answer(cast(1)), second))
        .isEqualTo(new Done(List.of(answer(cast(1)), second)));
  }

  @Test
  void takesAnEventTogetherWithItsRefusalAsBroken() {
    assertThat(verdict(answer(cast(1)), control(cast(1), Kind.PARK, "never")))
        .isInstanceOf(Failed.class);
    assertThat(verdict(control(cast(1), Kind.NOTHING, "x"), control(cast(1), Kind.RETRY, "x")))
        .isInstanceOf(Failed.class);
  }

  @Test
  void knowsWhichAnswersAStreamKeeps() {
    assertThat(new Done(List.of(answer(cast(1)))).isKept()).isTrue();
    Event told = cast(1).then(new OutcomeTold(Casts.id(1), null), "verify", Instant.EPOCH);
    assertThat(new Done(List.of(answer(cast(1)), told)).isKept()).isFalse();
  }
}
