package io.scrutin.credential;

import io.scrutin.event.Tag;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What submit pays to know who votes: each of these once a vote. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CredentialBenchmark {
  private final HmacTags tags = new HmacTags(new byte[32]);
  private final VoteIds ids = new VoteIds(new byte[32]);
  private final Nas nas = Nas.parse("046 454 286").orElseThrow();
  private final Code code = Code.parse("K7PM-2QXR").orElseThrow();
  private final Tag tag = tags.tag(nas, code, "law-2026-17");

  @Benchmark
  public Optional<Nas> luhn() {
    return Nas.parse("046 454 286");
  }

  @Benchmark
  public Tag tag() {
    return tags.tag(nas, code, "law-2026-17");
  }

  @Benchmark
  public Object randomVoteId() {
    return ids.random();
  }

  @Benchmark
  public Object voteIdOfARetry() {
    return ids.fromIdempotencyKey(tag, "3f2b8c1e-7a54-4d0e-9b1c-2f6a8d4e5c70");
  }
}
