package io.scrutin.trigger;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durables of one stream: made when they are missing, looked at together with those of the
 * other streams, rewound when a stream is not the one they knew. {@link Durables} lets one at a
 * time do any of this.
 */
final class StreamDurables {
  private static final Logger LOG = LoggerFactory.getLogger(StreamDurables.class);
  private static final int MAKING_ATTEMPTS = 10;

  private final StreamApi api;
  private final Duration syncInterval;
  private final Clock clock;
  private final Incarnations incarnations;
  private final Map<String, FloorHistory> histories = new HashMap<>();

  /**
   * What checkpoints remember. Not the stream as it is when they are written: a loss since the last
   * look would then go into them as if it had always been so.
   */
  private StreamLook last = StreamLook.NONE;

  /**
   * @param known whether all durables were looked at on the connection that there is now
   */
  StreamDurables(StreamApi api, Duration syncInterval, Clock clock, BooleanSupplier known) {
    this.api = api;
    this.syncInterval = syncInterval;
    this.clock = clock;
    this.incarnations = new Incarnations(known, histories::remove);
  }

  /** The durable, fit to be pulled from. */
  Incarnation ready(DurableShape shape) throws IOException, JetStreamApiException {
    return incarnations.of(present(shape));
  }

  private ConsumerInfo present(DurableShape shape) throws IOException, JetStreamApiException {
    Optional<ConsumerInfo> known = api.find(shape.name());
    if (known.isEmpty()) {
      return api.put(shape.fromTheStart(checkpointAt(null)));
    }
    DurableShape found = DurableShape.of(known.get().getConsumerConfiguration());
    if (found.equals(shape)) {
      return known.get();
    }
    if (shape.canBeMadeFrom(found)) {
      Checkpoint checkpoint = checkpointOf(known.get()).orElse(checkpointAt(null));
      return api.put(shape.changing(known.get().getConsumerConfiguration(), checkpoint));
    }
    if (known.get().getNumWaiting() > 0) {
      throw new IOException(shape.name() + ": another trigger listens to something else by it");
    }
    LOG.warn("{} {}: listens to something else now, from the start", api.stream(), shape.name());
    makeAnew(shape.fromTheStart(checkpointAt(null)), api.state().getFirstSequence());
    return api.find(shape.name()).orElseThrow(() -> new IOException("deleted meanwhile"));
  }

  StreamLook look() throws IOException, JetStreamApiException {
    String server = api.server();
    List<ConsumerInfo> durables = new ArrayList<>();
    List<Rewind.Seen> seen = new ArrayList<>();
    for (ConsumerInfo info : api.all()) {
      Optional<Checkpoint> checkpoint = checkpointOf(info);
      if (checkpoint.isPresent()) {
        durables.add(info);
        seen.add(
            new Rewind.Seen(
                info.getName(), info.getDelivered().getStreamSequence(), checkpoint.get()));
      }
    }
    // Looked at after its durables: the other way round, one that goes on meanwhile seems ahead.
    StreamState state = api.state();
    Rewind.Stream stream =
        new Rewind.Stream(state.getFirstSequence(), state.getLastSequence(), this::stamp);
    return new StreamLook(
        server,
        new Checkpoint.Tail(state.getLastSequence(), state.getLastTime().toInstant()),
        durables,
        Rewind.decide(server, stream, seen));
  }

  /**
   * Does what the look showed to be needed.
   *
   * @param loss of some stream, after which no durable's place can be relied on
   */
  void settle(StreamLook look, Optional<String> loss) throws IOException, JetStreamApiException {
    last = look;
    incarnations.endAllBut(look.durables());
    if (loss.isPresent()) {
      rewindAll(look, loss.get(), _ -> true);
    } else if (look.rewind() instanceof Rewind.Restarted restarted) {
      rewindAll(look, "the server was restarted", restarted.durables()::contains);
    }
  }

  private void rewindAll(StreamLook look, String why, Predicate<String> which)
      throws IOException, JetStreamApiException {
    List<ConsumerInfo> rewound =
        look.durables().stream().filter(info -> which.test(info.getName())).toList();
    List<String> names = rewound.stream().map(ConsumerInfo::getName).toList();
    LOG.warn("{}: {}, rewinding {}", api.stream(), why, names);
    // What was observed before is no floor of the stream as it is now.
    histories.clear();
    for (ConsumerInfo info : rewound) {
      rewind(info);
    }
  }

  /** What the last look saw waiting, by durable. */
  Map<String, Long> pending() {
    return last.durables().stream()
        .collect(Collectors.toMap(ConsumerInfo::getName, StreamDurables::pending));
  }

  private static long pending(ConsumerInfo info) {
    return info.getNumPending() + info.getNumAckPending();
  }

  private @Nullable Instant stamp(long sequence) {
    try {
      return api.stamp(sequence);
    } catch (IOException away) {
      throw new UncheckedIOException(away);
    } catch (JetStreamApiException refused) {
      throw new UncheckedIOException(new IOException(refused));
    }
  }

  private void rewind(ConsumerInfo decidedOn) throws IOException, JetStreamApiException {
    String name = decidedOn.getName();
    // Before, not after: an ack still on its way belongs to the durable that goes, and its sequence
    // may be another event's in the one that comes, whoever makes it.
    incarnations.end(name);
    Optional<ConsumerInfo> now = api.find(name);
    if (now.isPresent() && !now.get().getCreationTime().equals(decidedOn.getCreationTime())) {
      // Another trigger was faster. Rewinding its work would make it rewind ours.
      return;
    }
    DurableShape shape = DurableShape.of(decidedOn.getConsumerConfiguration());
    Instant floor = checkpointOf(decidedOn).map(Checkpoint::floor).orElse(null);
    Checkpoint checkpoint = checkpointAt(floor);
    if (floor == null) {
      makeAnew(shape.fromTheStart(checkpoint), api.state().getFirstSequence());
    } else {
      long first = api.firstSequenceSince(floor);
      makeAnew(shape.from(first, checkpoint), first);
    }
    LOG.warn("{} {}: rewound to {}", api.stream(), name, floor == null ? "the start" : floor);
  }

  /**
   * A server of 2.9 that fails to remove all files of the old durable lets the new one go on where
   * the old one was: the very place it is to leave.
   */
  private void makeAnew(ConsumerConfiguration configuration, long first)
      throws IOException, JetStreamApiException {
    for (int attempt = 0; attempt < MAKING_ATTEMPTS; attempt++) {
      api.delete(configuration.getDurable());
      if (api.put(configuration).getDelivered().getStreamSequence() < Math.max(1, first)) {
        return;
      }
    }
    api.delete(configuration.getDurable());
    throw new IOException(configuration.getDurable() + " does not leave its old place");
  }

  /** Writes down where the durable is safe to start again. */
  void checkpoint(String durable) throws IOException, JetStreamApiException {
    Optional<ConsumerInfo> info = api.find(durable);
    if (info.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    FloorHistory history = histories.computeIfAbsent(durable, _ -> new FloorHistory(syncInterval));
    Instant acked = api.stamp(info.get().getAckFloor().getStreamSequence());
    if (acked != null) {
      history.add(now, acked);
    }
    Instant settled = history.settled(now);
    Instant written = checkpointOf(info.get()).map(Checkpoint::floor).orElse(null);
    write(info.get(), checkpointAt(settled == null ? written : settled));
  }

  private void write(ConsumerInfo info, Checkpoint checkpoint)
      throws IOException, JetStreamApiException {
    var configuration = info.getConsumerConfiguration();
    try {
      api.put(DurableShape.of(configuration).changing(configuration, checkpoint));
    } catch (JetStreamApiException refused) {
      if (!StreamApi.isWithoutFiles(refused)) {
        throw refused;
      }
      LOG.warn("{} {}: has no files any more", api.stream(), info.getName());
      rewind(info);
    }
  }

  private Checkpoint checkpointAt(@Nullable Instant floor) {
    return new Checkpoint(last.server(), floor, last.tail());
  }

  private static Optional<Checkpoint> checkpointOf(ConsumerInfo info) {
    return Checkpoint.parse(info.getConsumerConfiguration().getDescription());
  }

  /** What waits, and how old the oldest of it is. */
  BindingMetrics.Backlog backlog(DurableShape shape) throws IOException, JetStreamApiException {
    Optional<ConsumerInfo> info = api.find(shape.name());
    long pending = info.map(StreamDurables::pending).orElse(0L);
    if (info.isEmpty() || pending == 0) {
      return BindingMetrics.Backlog.NONE;
    }
    long floor = info.get().getAckFloor().getStreamSequence();
    Instant oldest = api.nextStamp(floor + 1, shape.subject());
    Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
    return new BindingMetrics.Backlog(
        info.get().getNumPending(), pending, age.isNegative() ? Duration.ZERO : age);
  }
}
