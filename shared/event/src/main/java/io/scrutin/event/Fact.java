package io.scrutin.event;

import java.util.Locale;

/** Something that happened: the data of one event. Each kind is named in {@link EventType}. */
public sealed interface Fact
    permits VoteFact,
        ContestFact,
        TallyUpdated,
        EventParked,
        ReplayOrdered,
        EventReplayed,
        Wake,
        OutcomeAsked,
        OutcomeTold,
        Answered {

  EventType type();

  /** The id under which events of one story are found again: for a vote, its vote id. */
  String correlationId();

  /** The event's subject attribute: the law it is about, or what comes nearest. */
  String about();

  /**
   * The same fact always gets the same event id, so that whatever is done twice (a redelivery, a
   * retry, a replay) is seen to be the same.
   */
  default String eventId() {
    return correlationId() + "." + type().name().toLowerCase(Locale.ROOT);
  }
}
