package io.scrutin.ballot;

import io.scrutin.credential.Code;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.Nas;
import io.scrutin.credential.Sha256Tags;
import io.scrutin.credential.VoteIds;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * Says on one thread what a vote costs here, without JMH: good enough to see a doubling. Run its
 * main from an editor, or with the modules' classes on the class path.
 */
final class Costs {
  private static final long WARM_UP_NANOS = 2_000_000_000L;
  private static final long MEASURE_NANOS = 2_000_000_000L;

  /** Whatever is computed ends here, so that none of it can be left out. */
  private static int sink;

  private Costs() {}

  public static void main(String[] arguments) {
    byte[] key = new byte[32];
    Nas nas = new Nas("046454286");
    Code code = new Code("ABC123");
    VoteId voteId = VoteId.of(new byte[16]);
    BallotKeyPair pair = BallotKeys.generate("key-1");
    Contest.BallotKey publicKey = pair.toBallotKey();
    BallotSealer sealer = new BallotSealer(publicKey, Clock.systemUTC());
    BallotOpener opener = new BallotOpener(List.of(pair));
    SealedChoice sealed = sealer.seal("law-1", voteId, "oui");
    HmacTags tags = new HmacTags(key);
    Sha256Tags olderTags = new Sha256Tags();
    VoteIds ids = new VoteIds(key);
    CastMac mac = new CastMac(key);
    Tag tag = tags.tag(nas, code, "law-1");
    Bytes signature = mac.of(voteId, "law-1", tag, sealed);
    VoteCast cast = new VoteCast(voteId, "law-1", tag, sealed, signature);

    measure("HMAC tag", () -> tags.tag(nas, code, "law-1"));
    measure("SHA-256 tag", () -> olderTags.tag(nas, code, "law-1"));
    measure("random vote id", ids::random);
    measure("vote id from a key", () -> ids.fromIdempotencyKey(tag, "a-key-of-20-letters-"));
    measure("cast MAC", () -> mac.of(voteId, "law-1", tag, sealed));
    measure("cast MAC checked", () -> mac.matches(cast));
    measure("seal in a context", () -> sealer.seal("law-1", voteId, "oui"));
    measure("open in a known context", () -> opener.open("law-1", voteId, sealed));
    measure(
        "seal in a new context",
        () -> new BallotSealer(publicKey, Clock.systemUTC()).seal("law-1", voteId, "oui"));
    measure(
        "open in a new context",
        () -> new BallotOpener(List.of(pair)).open("law-1", voteId, sealed));
    System.out.println(sink == 0 ? "" : " ");
  }

  private static void measure(String what, Supplier<Object> work) {
    run(work, WARM_UP_NANOS);
    System.out.printf("%-40s %10.2f µs%n", what, run(work, MEASURE_NANOS));
  }

  /** Microseconds a call. The clock is read once in 20 calls: it costs a tenth of the cheapest. */
  private static double run(Supplier<Object> work, long atLeastNanos) {
    long start = System.nanoTime();
    long calls = 0;
    long elapsed;
    do {
      for (int i = 0; i < 20; i++) {
        sink ^= work.get().hashCode();
      }
      calls += 20;
      elapsed = System.nanoTime() - start;
    } while (elapsed < atLeastNanos);
    return elapsed / 1000.0 / calls;
  }
}
