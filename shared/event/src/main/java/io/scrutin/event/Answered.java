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

  public static final int MAX_REASON_LENGTH = 200;

  public Answered {
    Checks.name("question", question, Event.MAX_ID_LENGTH);
    // Cut, not refused: an answer that cannot be given for its long reason would be asked for
    // again.
    reason = reason == null ? null : Checks.cut(reason, MAX_REASON_LENGTH);
  }

  @Override
  public EventType type() {
    return EventType.ANSWERED;
  }

  @Override
  public String correlationId() {
    return question;
  }

  /** Cut when the question's own id leaves no room: an answer is found by its causation. */
  @Override
  public String eventId() {
    return Checks.cut(Fact.super.eventId(), Event.MAX_ID_LENGTH);
  }

  @Override
  public String about() {
    return "answer";
  }
}
