package io.scrutin.trigger;

import io.scrutin.event.Answered;
import io.scrutin.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Finds for each event that was asked what was answered to it.
 *
 * @param verdicts one for each event, in the order asked
 * @param strays how many answers were to nothing asked
 */
record AnswerMatching(List<Verdict> verdicts, int strays) {

  /** The ids of the events asked differ from each other. */
  static AnswerMatching of(List<Event> asked, List<Event> answers) {
    Map<String, List<Event>> byQuestion =
        answers.stream()
            .collect(Collectors.groupingBy(a -> Objects.requireNonNullElse(a.causationId(), "")));
    List<Verdict> verdicts = new ArrayList<>(asked.size());
    int matched = 0;
    for (Event event : asked) {
      List<Event> own = byQuestion.getOrDefault(event.id(), List.of());
      matched += own.size();
      verdicts.add(verdict(own));
    }
    return new AnswerMatching(List.copyOf(verdicts), answers.size() - matched);
  }

  private static Verdict verdict(List<Event> answers) {
    if (answers.isEmpty()) {
      return new Verdict.Failed("no answer to it");
    }
    boolean controlled = answers.stream().anyMatch(a -> a.fact() instanceof Answered);
    if (!controlled) {
      return new Verdict.Done(answers);
    }
    if (answers.size() > 1) {
      return new Verdict.Failed("answers that contradict each other");
    }
    Answered answered = (Answered) answers.getFirst().fact();
    String reason = Objects.requireNonNullElse(answered.reason(), "no reason given");
    return switch (answered.kind()) {
      case NOTHING -> new Verdict.Done(List.of());
      case RETRY -> new Verdict.Later(reason);
      case PARK -> new Verdict.Hopeless(reason);
    };
  }
}
