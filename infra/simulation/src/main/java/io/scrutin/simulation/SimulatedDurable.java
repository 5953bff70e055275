package io.scrutin.simulation;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.support.JsonValue;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a durable is in its stream, what it handed out, and who waits for more. */
final class SimulatedDurable {
  /** A request for messages. */
  static final class Pull {
    final BrokerConnection connection;
    final int connectedAs;
    final String reply;
    final boolean noWait;
    final long expiresAtNanos;
    int left;
    boolean served;

    Pull(
        BrokerConnection connection, String reply, int batch, boolean noWait, long expiresAtNanos) {
      this.connection = connection;
      this.connectedAs = connection.connectedAs();
      this.reply = reply;
      this.left = batch;
      this.noWait = noWait;
      this.expiresAtNanos = expiresAtNanos;
    }
  }

  /** A message that is out, to be handed out again. */
  private static final class Out {
    World.@Nullable Timer due;

    void settled() {
      if (due != null) {
        due.cancel();
      }
    }
  }

  private final World world;
  private final SimulatedStream stream;
  private final String name;
  private final Instant created;
  private final Map<Long, Integer> handedOut = new HashMap<>();
  private final TreeMap<Long, Out> out = new TreeMap<>();
  private final TreeSet<Long> again = new TreeSet<>();
  private final Deque<Pull> waiting = new ArrayDeque<>();
  private ConsumerConfiguration configuration;
  private @Nullable JsonValue configurationJson;
  private long delivered;
  private long deliveries;
  private boolean deleted;

  SimulatedDurable(
      World world, SimulatedStream stream, String name, ConsumerConfiguration configuration) {
    this.world = world;
    this.stream = stream;
    this.name = name;
    this.configuration = configuration;
    this.created = world.instant();
    this.delivered = start(stream, configuration) - 1;
  }

  private static long start(SimulatedStream stream, ConsumerConfiguration configuration) {
    DeliverPolicy policy = configuration.getDeliverPolicy();
    if (policy == DeliverPolicy.ByStartSequence) {
      return Math.max(1, configuration.getStartSequence());
    }
    return policy == DeliverPolicy.ByStartTime
        ? stream.firstSince(Objects.requireNonNull(configuration.getStartTime()).toInstant())
        : Math.max(1, stream.first());
  }

  String name() {
    return name;
  }

  String streamName() {
    return stream.name();
  }

  /** The durable that has its name now: an ack is addressed by the name. */
  Optional<SimulatedDurable> successor() {
    return Optional.ofNullable(stream.durables().get(name));
  }

  Instant created() {
    return created;
  }

  ConsumerConfiguration configuration() {
    return configuration;
  }

  void configure(ConsumerConfiguration changed) {
    configuration = changed;
    configurationJson = null;
  }

  /** As it would come over the wire; asked for far more often than it changes. */
  JsonValue configurationJson() {
    JsonValue known = configurationJson;
    if (known == null) {
      known = BrokerJson.parsed(configuration.toJson());
      configurationJson = known;
    }
    return known;
  }

  private String filter() {
    return Objects.requireNonNullElse(configuration.getFilterSubject(), "");
  }

  long delivered() {
    return delivered;
  }

  long deliveries() {
    return deliveries;
  }

  long floor() {
    return out.isEmpty() ? delivered : out.firstKey() - 1;
  }

  long pending() {
    return stream.count(delivered + 1, filter());
  }

  int outstanding() {
    return out.size();
  }

  int waiting() {
    return waiting.size();
  }

  void delete() {
    deleted = true;
    waiting.forEach(pull -> pull.connection.tell(pull.reply, 409, "Consumer Deleted"));
    waiting.clear();
  }

  void ask(Pull pull) {
    waiting.add(pull);
    serve();
    if (waiting.contains(pull)) {
      world.after(Duration.ofNanos(pull.expiresAtNanos - world.nanos()), () -> expire(pull));
    }
  }

  private void expire(Pull pull) {
    if (waiting.remove(pull)) {
      pull.connection.tell(pull.reply, 408, "Request Timeout");
    }
  }

  /** Connections that broke take their requests with them. */
  void forgetPulls() {
    waiting.removeIf(pull -> !pull.connection.isConnectedAs(pull.connectedAs));
  }

  /** Hands out what there is to those who wait. */
  void serve() {
    forgetPulls();
    while (!deleted && !waiting.isEmpty()) {
      Stored next = next();
      if (next == null) {
        break;
      }
      Pull pull = waiting.getFirst();
      handOut(next, pull);
      if (--pull.left == 0) {
        waiting.remove(pull);
      }
    }
    waiting.removeIf(
        pull -> {
          boolean over = pull.noWait && pull.served;
          if (over) {
            pull.connection.tell(pull.reply, 408, "Request Timeout");
          }
          return over;
        });
  }

  private @Nullable Stored next() {
    while (!again.isEmpty()) {
      long sequence = Objects.requireNonNull(again.pollFirst());
      Stored known = stream.at(sequence);
      if (known != null && out.containsKey(sequence)) {
        return known;
      }
      out.remove(sequence);
    }
    return out.size() < configuration.getMaxAckPending()
        ? stream.next(delivered + 1, filter())
        : null;
  }

  private void handOut(Stored message, Pull pull) {
    long sequence = message.sequence();
    delivered = Math.max(delivered, sequence);
    deliveries++;
    int times = handedOut.merge(sequence, 1, Integer::sum);
    if (configuration.getAckPolicy() != AckPolicy.None) {
      Out held = out.computeIfAbsent(sequence, _ -> new Out());
      dueIn(sequence, held, configuration.getAckWait());
    }
    pull.served = true;
    pull.connection.hand(this, message, times, deliveries, pending(), pull.reply);
  }

  private void dueIn(long sequence, Out held, Duration wait) {
    held.settled();
    held.due =
        world.after(
            wait,
            () -> {
              if (!deleted && out.get(sequence) == held) {
                again.add(sequence);
                serve();
              }
            });
  }

  void ack(long sequence) {
    if (configuration.getAckPolicy() == AckPolicy.All) {
      out.headMap(sequence, true).values().forEach(Out::settled);
      out.headMap(sequence, true).clear();
      again.headSet(sequence, true).clear();
    } else {
      Out held = out.remove(sequence);
      if (held != null) {
        held.settled();
      }
      again.remove(sequence);
    }
    serve();
  }

  void nak(long sequence, Duration delay) {
    Out held = out.get(sequence);
    if (held == null) {
      return;
    }
    if (delay.isZero()) {
      held.settled();
      again.add(sequence);
      serve();
    } else {
      again.remove(sequence);
      dueIn(sequence, held, delay);
    }
  }

  void inProgress(long sequence) {
    Out held = out.get(sequence);
    if (held != null && !again.contains(sequence)) {
      dueIn(sequence, held, configuration.getAckWait());
    }
  }
}
