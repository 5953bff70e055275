package io.scrutin.event;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a vote pays for being events: about ten times one of these, so that 10,000 votes a second on
 * two cores leave room for 2 µs each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  private static final int BATCH = 100;

  private final EventCodec codec = new EventCodec();
  private final Event cast = cast();
  private final List<Event> events = Collections.nCopies(BATCH, cast);
  private final byte[] json = codec.encode(cast);
  private final byte[] batch = codec.encodeBatch(events);

  private static Event cast() {
    Random random = new Random(1);
    VoteId voteId = VoteId.of(bytes(random, VoteId.LENGTH_BYTES));
    Tag tag = Tag.of(bytes(random, Tag.LENGTH_BYTES));
    SealedChoice sealed = new SealedChoice(1, "ballot-key-1", Bytes.of(bytes(random, 90)));
    Bytes mac = Bytes.of(bytes(random, VoteCast.MAC_LENGTH_BYTES));
    return new Event(
        voteId + ".vote_cast",
        "/functions/submit",
        Instant.parse("2026-11-21T09:47:20.721183882Z"),
        null,
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        Instant.parse("2026-11-21T09:47:20.723183882Z"),
        new VoteCast(voteId, "law-2026-17", tag, sealed, mac));
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Benchmark
  public byte[] encode() {
    return codec.encode(cast);
  }

  @Benchmark
  public Event decode() throws MalformedEvent {
    return codec.decode(json);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] encodeBatch() {
    return codec.encodeBatch(events);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<EventCodec.Decoded> decodeBatch() throws MalformedEvent {
    return codec.decodeBatch(batch);
  }
}
