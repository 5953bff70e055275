package io.scrutin.step;

import io.scrutin.event.Answered;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a step on a batch and puts its answers into envelopes. The HTTP endpoint and the trigger
 * inside one process both call this, so that only the last hop differs.
 */
public final class StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  private final Step step;
  private final Set<EventType> reads;
  private final Clock clock;

  public StepRunner(Step step, Clock clock) {
    this.step = step;
    this.reads = step.reads();
    this.clock = clock;
  }

  public Reply run(List<Event> batch) {
    if (batch.isEmpty()) {
      return woken();
    }
    List<Event> readable = new ArrayList<>(batch.size());
    List<Event> answers = new ArrayList<>(batch.size());
    for (Event event : batch) {
      if (reads.contains(event.fact().type())) {
        readable.add(event);
      } else {
        answers.add(control(event, Answered.Kind.PARK, step.name() + " does not read this type"));
      }
    }
    if (readable.isEmpty()) {
      return new Reply.Answers(answers);
    }
    try {
      List<Answer> given = step.apply(readable);
      if (given.size() != readable.size()) {
        throw new IllegalStateException(
            step.name() + " answered " + given.size() + " of " + readable.size() + " events");
      }
      for (int i = 0; i < given.size(); i++) {
        enclose(readable.get(i), given.get(i), answers);
      }
      return new Reply.Answers(answers);
    } catch (RuntimeException failure) {
      return failed(failure);
    }
  }

  /** No events are a wake: they are on their way. */
  private Reply woken() {
    try {
      step.getReady();
    } catch (SQLException | RuntimeException notYet) {
      LOG.warn("{}: woken, but not ready yet: {}", step.name(), rootMessage(notYet));
    }
    return new Reply.Answers(List.of());
  }

  private Reply failed(RuntimeException failure) {
    if (Outage.isCauseOf(failure)) {
      LOG.warn("{}: a dependency is away: {}", step.name(), rootMessage(failure));
      return new Reply.Away("dependency away");
    }
    LOG.error("{}: a batch broke the step", step.name(), failure);
    return new Reply.Broken("step failed");
  }

  private void enclose(Event question, Answer answer, List<Event> answers) {
    switch (answer) {
      case Answer.Emit emit ->
          emit.facts()
              .forEach(fact -> answers.add(question.then(fact, step.name(), clock.instant())));
      case Answer.Nothing _ -> answers.add(control(question, Answered.Kind.NOTHING, null));
      case Answer.Retry retry ->
          answers.add(control(question, Answered.Kind.RETRY, retry.reason()));
      case Answer.Park park -> answers.add(control(question, Answered.Kind.PARK, park.reason()));
    }
  }

  private Event control(Event question, Answered.Kind kind, @Nullable String reason) {
    return question.then(new Answered(kind, question.id(), reason), step.name(), clock.instant());
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
