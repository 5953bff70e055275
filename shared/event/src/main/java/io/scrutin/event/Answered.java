package io.scrutin.event;

import org.jspecify.annotations.Nullable;

/**
 * A function's answer to one event when it is not an event of its own: nothing follows, ask again
 * later, or a person must look. {@code question} is the id of the event it answers.
 */
public record Answered(Kind kind, String question, @Nullable String reason) implements Fact {
  public enum Kind {
    NOTHING,
    RETRY,
    PARK
  }

  public Answered {
    Checks.shortText("question", question, 200);
  }

  @Override
  public EventType type() {
    return EventType.ANSWERED;
  }

  @Override
  public String correlationId() {
    return question;
  }

  @Override
  public String about() {
    return "answer";
  }
}
