package io.scrutin.hashgen;

import io.scrutin.credential.HmacTags;
import io.scrutin.credential.RollBuckets;
import io.scrutin.credential.Sha256Tags;
import io.scrutin.event.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a generated roll is: its scheme, the key of its tags by name, and its shards, which together
 * hold every bucket once.
 */
record Manifest(String lawId, String scheme, String keyId, long count, List<Shard> shards) {
  static final int VERSION = 1;

  private static final int SHA_256_BYTES = 32;
  private static final int MAX_SHARDS = RollBuckets.BUCKETS;

  /** A file with the tags of some whole buckets, sorted. */
  record Shard(String file, Bytes sha256, long bytes, int count, int firstBucket, int lastBucket) {
    Shard {
      if (!file.matches("shard-[0-9]{4,5}\\.json")) {
        throw new IllegalArgumentException("a shard's file is named shard-0001.json or so");
      }
      if (sha256.length() != SHA_256_BYTES || count < 0 || bytes < 0) {
        throw new IllegalArgumentException(file + " has a digest of 32 bytes and a size");
      }
      if (firstBucket < 0 || lastBucket < firstBucket || lastBucket >= RollBuckets.BUCKETS) {
        throw new IllegalArgumentException(file + " has buckets from first to last");
      }
    }
  }

  Manifest {
    shards = List.copyOf(shards);
    if (!LawIds.isWellFormed(lawId)) {
      throw new IllegalArgumentException("it names no law");
    }
    if (!scheme.equals(HmacTags.NAME) && !scheme.equals(Sha256Tags.NAME)) {
      throw new IllegalArgumentException("its scheme is not known here");
    }
    if (!keyId.matches("[a-z0-9]{1,64}")) {
      throw new IllegalArgumentException("it names no key");
    }
    if (shards.isEmpty() || shards.size() > MAX_SHARDS) {
      throw new IllegalArgumentException("it has 1 to " + MAX_SHARDS + " shards");
    }
    checkThatShardsAreTheRoll(count, shards);
  }

  private static void checkThatShardsAreTheRoll(long count, List<Shard> shards) {
    int nextBucket = 0;
    long total = 0;
    Set<String> files = new HashSet<>();
    for (Shard shard : shards) {
      if (shard.firstBucket() != nextBucket || !files.add(shard.file())) {
        throw new IllegalArgumentException(
            "its shards do not hold each bucket once: " + shard.file() + " is out of place");
      }
      nextBucket = shard.lastBucket() + 1;
      total += shard.count();
    }
    if (nextBucket != RollBuckets.BUCKETS) {
      throw new IllegalArgumentException("its shards do not hold the last buckets");
    }
    if (total != count) {
      throw new IllegalArgumentException("its shards hold " + total + " voters and not " + count);
    }
  }
}
