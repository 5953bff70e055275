package io.scrutin.event;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of event, its CloudEvents type, its data and the stream that keeps it. */
public enum EventType {
  VOTE_CAST("voting.vote.cast.v1", VoteCast.class, StreamName.CASTS),
  VOTE_VERIFIED("voting.vote.verified.v1", VoteVerified.class, StreamName.VOTES),
  VOTE_ACCEPTED("voting.vote.accepted.v1", VoteAccepted.class, StreamName.VOTES),
  VOTE_RECORDED("voting.vote.recorded.v1", VoteRecorded.class, StreamName.VOTES),
  VOTE_REJECTED("voting.vote.rejected.v1", VoteRejected.class, StreamName.VOTES),
  VOTE_DUPLICATED("voting.vote.duplicated.v1", VoteDuplicated.class, StreamName.VOTES),
  CONTEST_OPENED("voting.contest.opened.v1", ContestOpened.class, StreamName.VOTES),
  CONTEST_CLOSED("voting.contest.closed.v1", ContestClosed.class, StreamName.VOTES),
  TALLY_UPDATED("results.tally.updated.v1", TallyUpdated.class, StreamName.VOTES),
  EVENT_PARKED("ops.event.parked.v1", EventParked.class, StreamName.PARKED),
  REPLAY_ORDERED("ops.replay.ordered.v1", ReplayOrdered.class, StreamName.PARKED),
  EVENT_REPLAYED("ops.event.replayed.v1", EventReplayed.class, StreamName.PARKED),
  WAKE("ops.function.wake.v1", Wake.class, StreamName.NONE),
  ANSWERED("ops.function.answered.v1", Answered.class, StreamName.NONE),
  OUTCOME_ASKED("voting.outcome.asked.v1", OutcomeAsked.class, StreamName.NONE),
  OUTCOME_TOLD("voting.outcome.told.v1", OutcomeTold.class, StreamName.NONE);

  /**
   * Of those that come together, the most in a message: with so many what is done for a message
   * weighs little on each, and they have 60 KB, a quarter of what can be parked.
   */
  public static final int MOST_TOGETHER = 64;

  private static final Map<String, EventType> BY_TYPE =
      Stream.of(values())
          .collect(Collectors.toUnmodifiableMap(EventType::type, Function.identity()));

  private final String type;
  private final Class<? extends Fact> fact;
  private final StreamName stream;

  EventType(String type, Class<? extends Fact> fact, StreamName stream) {
    this.type = type;
    this.fact = fact;
    this.stream = stream;
  }

  public static Optional<EventType> of(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** The CloudEvents {@code type} attribute, and the subject without its environment. */
  public String type() {
    return type;
  }

  public Class<? extends Fact> fact() {
    return fact;
  }

  public StreamName stream() {
    return stream;
  }

  /** What a vote that got this far becomes next, if nothing speaks against it. */
  public Optional<EventType> next() {
    return switch (this) {
      case VOTE_CAST -> Optional.of(VOTE_VERIFIED);
      case VOTE_VERIFIED -> Optional.of(VOTE_ACCEPTED);
      case VOTE_ACCEPTED -> Optional.of(VOTE_RECORDED);
      case VOTE_RECORDED,
          VOTE_REJECTED,
          VOTE_DUPLICATED,
          CONTEST_OPENED,
          CONTEST_CLOSED,
          TALLY_UPDATED,
          EVENT_PARKED,
          REPLAY_ORDERED,
          EVENT_REPLAYED,
          WAKE,
          ANSWERED,
          OUTCOME_ASKED,
          OUTCOME_TOLD ->
          Optional.empty();
    };
  }

  /**
   * Whether a message may hold several of them. What follows from votes comes in batches, and to
   * keep, hand out and ack each by itself was most of what the broker did (ADR 27). A cast comes
   * alone: its stamp and its message id are its own.
   */
  public boolean comesTogether() {
    return this != VOTE_CAST && VoteFact.class.isAssignableFrom(fact);
  }

  /** The NATS subject: {@code {environment}.{domain}.{entity}.{action}.{version}}. */
  public String subject(String environment) {
    return environment + "." + type;
  }
}
