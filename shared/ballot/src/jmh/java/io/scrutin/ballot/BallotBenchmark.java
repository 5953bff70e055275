package io.scrutin.ballot;

import io.scrutin.event.Bytes;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import java.time.InstantSource;
import java.util.List;
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

/** What a vote pays to be secret and to be ours: sealed and signed in submit, then the reverse. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BallotBenchmark {
  private static final String LAW = "law-2026-17";

  private final BallotKeyPair pair = BallotKeys.generate("key-1");
  private final BallotSealer sealer = new BallotSealer(pair.toBallotKey(), InstantSource.system());
  private final BallotOpener opener = new BallotOpener(List.of(pair));
  private final CastMac mac = new CastMac(new byte[32]);
  private final VoteId voteId = VoteId.of(new byte[VoteId.LENGTH_BYTES]);
  private final Tag tag = Tag.of(new byte[Tag.LENGTH_BYTES]);
  private final SealedChoice sealed = sealer.seal(LAW, voteId, "oui");
  private final VoteCast cast = new VoteCast(voteId, LAW, tag, sealed, sign());

  @Benchmark
  public SealedChoice seal() {
    return sealer.seal(LAW, voteId, "oui");
  }

  @Benchmark
  public Opening open() {
    return opener.open(LAW, voteId, sealed);
  }

  @Benchmark
  public Bytes sign() {
    return mac.of(voteId, LAW, tag, sealed);
  }

  @Benchmark
  public boolean check() {
    return mac.matches(cast);
  }
}
