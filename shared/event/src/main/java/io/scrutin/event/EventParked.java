package io.scrutin.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a binding could not get through, kept whole for a person to look at. A vote parked
 * before closing still counts when it is replayed after: {@link ReplayOrdered} has the original
 * read again, with its stamp.
 */
public record EventParked(
    String binding,
    String stream,
    long sequence,
    String subject,
    Instant stampedAt,
    String reason,
    @Nullable VoteId voteId,
    @Nullable String lawId,
    @Nullable Bytes message)
    implements Fact {
  /** What is larger stays in its stream, where {@code sequence} finds it. */
  public static final int MAX_MESSAGE_BYTES = 256 * 1024;

  public EventParked {
    Checks.name("binding", binding, 64);
    Checks.name("stream", stream, 64);
    Checks.notNegative("sequence", sequence);
    Checks.name("subject", subject, 200);
    Checks.shortText("reason", reason, 200);
    if (lawId != null) {
      Checks.lawId(lawId);
    }
    if (message != null && message.length() > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a parked message has at most " + MAX_MESSAGE_BYTES + " bytes");
    }
  }

  /**
   * Whether the vote itself is stuck. What audit could not write down (its bindings are called
   * audit-…) goes on all the same, and its voter must not be told otherwise.
   */
  public boolean stopsTheVote() {
    return !binding.startsWith("audit");
  }

  /** Where the original is. */
  public ParkedPlace place() {
    return new ParkedPlace(binding, stream, sequence, stampedAt);
  }

  @Override
  public EventType type() {
    return EventType.EVENT_PARKED;
  }

  @Override
  public String correlationId() {
    return voteId == null ? place().id() : voteId.toString();
  }

  @Override
  public String eventId() {
    return place().id() + ".event_parked";
  }

  @Override
  public String about() {
    return lawId == null ? binding : lawId;
  }
}
