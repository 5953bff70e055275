package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** How far those have come who read the stream of votes. */
public final class VoteReaders {
  public record Reader(String durable, EventType reads) {}

  /**
   * By name, since one that is not there has read nothing: the steps that a vote passes, and audit,
   * which follows each of them. What wakes tally is not here: envelopes that wait are counted.
   *
   * <p>Hop by hop, as votes go: what a reader publishes of a vote is kept before it acks that vote.
   * So where the readers of a hop have read all, all that comes of it is in the stream by then.
   * Looked at in any other order, a vote may pass from one who was not looked at yet to one who
   * was, and seem to be nowhere.
   */
  public static final List<List<Reader>> HOPS =
      List.of(
          List.of(
              new Reader("verify", EventType.VOTE_CAST),
              new Reader("audit-cast", EventType.VOTE_CAST)),
          List.of(new Reader("dedup", EventType.VOTE_VERIFIED)),
          List.of(new Reader("store", EventType.VOTE_ACCEPTED)),
          List.of(
              new Reader("audit-recorded", EventType.VOTE_RECORDED),
              new Reader("audit-rejected", EventType.VOTE_REJECTED),
              new Reader("audit-duplicated", EventType.VOTE_DUPLICATED)));

  private static final int CONSUMER_NOT_FOUND = 10014;

  /** Until those have caught up who have votes of another contest in hand at any moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Connection connection;
  private final String environment;
  private final LongSupplier nanoTime;
  private final Consumer<Duration> pause;

  public VoteReaders(Connection connection, String environment) {
    this(
        connection, environment, System::nanoTime, pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  /** For time that is simulated. */
  public VoteReaders(
      Connection connection, String environment, LongSupplier nanoTime, Consumer<Duration> pause) {
    this.connection = connection;
    this.environment = environment;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /** Those that may still come upon a vote cast before this moment, and why: of one hop. */
  public List<String> behind(Instant moment) throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    long deadline = nanoTime.getAsLong() + PATIENCE.toNanos();
    // The broker's stamp on the cast decides; what follows from it is stamped when it follows,
    // which is after the end for whatever waited in a backlog.
    List<String> behind =
        behind(
            management, HOPS.getFirst(), unread -> unread.getTime().toInstant().isBefore(moment));
    for (List<Reader> hop : HOPS.subList(1, HOPS.size())) {
      if (behind.isEmpty()) {
        long last = last(management, StreamName.VOTES.in(environment));
        Predicate<MessageInfo> isOfThem = unread -> unread.getSeq() <= last;
        behind = behind(management, hop, isOfThem);
        while (!behind.isEmpty() && nanoTime.getAsLong() - deadline < 0) {
          pause.accept(LOOK_AGAIN);
          behind = behind(management, hop, isOfThem);
        }
      }
    }
    return behind;
  }

  private List<String> behind(
      JetStreamManagement management, List<Reader> hop, Predicate<MessageInfo> isAwaited)
      throws IOException, JetStreamApiException {
    List<String> behind = new ArrayList<>();
    for (Reader reader : hop) {
      String durable = reader.durable();
      String stream = reader.reads().stream().in(environment);
      Optional<ConsumerInfo> found = find(management, stream, durable);
      if (found.isEmpty()) {
        behind.add(durable + " (is not there)");
        continue;
      }
      long delivered = found.get().getDelivered().getStreamSequence();
      // Asked for after the durable: the other way round, one that goes on meanwhile seems ahead.
      if (delivered > last(management, stream)) {
        behind.add(durable + " (is ahead of a stream that lost its end)");
      } else if (Unread.first(management, stream, found.get()).filter(isAwaited).isPresent()) {
        behind.add(where(found.get()));
      }
    }
    return behind;
  }

  private static long last(JetStreamManagement management, String stream)
      throws IOException, JetStreamApiException {
    return management.getStreamInfo(stream).getStreamState().getLastSequence();
  }

  private static String where(ConsumerInfo durable) {
    return "%s (%d to read, %d in hand, delivered to %d, acked to %d)"
        .formatted(
            durable.getName(),
            durable.getNumPending(),
            durable.getNumAckPending(),
            durable.getDelivered().getStreamSequence(),
            durable.getAckFloor().getStreamSequence());
  }

  private static Optional<ConsumerInfo> find(
      JetStreamManagement management, String stream, String durable)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getConsumerInfo(stream, durable));
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
