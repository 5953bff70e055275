package io.scrutin.trigger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the durables of a stream can be trusted. A durable that is ahead of a stream whose tail
 * was lost skips, without a word, as many new messages as were lost; a replay only costs time.
 */
sealed interface Rewind {
  record NotNeeded() implements Rewind {}

  /** These durables start again, each from its floor: nobody knows what the server forgot. */
  record Restarted(Set<String> durables) implements Rewind {}

  /**
   * All durables start again, those of other streams too: what the stream lost was answered to
   * events in them, and those are acked.
   */
  record Lost(String why) implements Rewind {}

  /** A durable as the broker tells it. */
  record Seen(String durable, long deliveredSequence, Checkpoint checkpoint) {}

  /**
   * The stream as the broker tells it.
   *
   * @param stampAt the stamps of the messages that checkpoints name as their tail
   */
  record Stream(long firstSequence, long lastSequence, StampAt stampAt) {}

  /** Looks a message up by sequence. */
  interface StampAt {
    @Nullable Instant stamp(long sequence);
  }

  static Rewind decide(String server, Stream stream, List<Seen> durables) {
    Set<String> ofAnotherServer = new TreeSet<>();
    for (Seen seen : durables) {
      Optional<String> loss = loss(stream, seen);
      if (loss.isPresent()) {
        return new Lost(loss.get());
      }
      // One that names this server already was rewound by another trigger a moment ago.
      if (!seen.checkpoint().server().equals(server)) {
        ofAnotherServer.add(seen.durable());
      }
    }
    return ofAnotherServer.isEmpty() ? new NotNeeded() : new Restarted(ofAnotherServer);
  }

  private static Optional<String> loss(Stream stream, Seen seen) {
    Checkpoint.Tail tail = seen.checkpoint().tail();
    if (seen.deliveredSequence() > stream.lastSequence()) {
      return Optional.of(seen.durable() + " is ahead of its stream");
    }
    if (tail.sequence() > stream.lastSequence()) {
      return Optional.of("the stream's last sequence fell");
    }
    if (tail.sequence() >= stream.firstSequence() && tail.sequence() > 0) {
      Instant stamp = stream.stampAt().stamp(tail.sequence());
      if (stamp != null && !stamp.equals(tail.stamp())) {
        return Optional.of("the stream's tail was lost and written again");
      }
    }
    return Optional.empty();
  }
}
