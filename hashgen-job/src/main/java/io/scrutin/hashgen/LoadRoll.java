package io.scrutin.hashgen;

import io.scrutin.console.ProgressBar;
import io.scrutin.event.Bytes;
import io.scrutin.hashgen.AdmitRoll.Admission;
import io.scrutin.hashgen.Manifest.Shard;
import io.scrutin.hashgen.RollIndex.Bucket;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Shards into Postgres and Redis. Killed at any instruction, it goes on when started again: a
 * shard's record is written with its voters, a bucket's sentinel with its members, and the roll is
 * complete only after both were looked at once more.
 */
final class LoadRoll {
  /** Redis may lose buckets while others are filled, but not for ever. */
  private static final int ROUNDS = 3;

  /** What became of it. */
  enum Loaded {
    COMPLETE,
    NOTHING_NEW
  }

  private final RollTables tables;
  private final RollIndex index;
  private final RollFolder roll;
  private final Console console;

  LoadRoll(RollTables tables, RollIndex index, RollFolder roll, Console console) {
    this.tables = tables;
    this.index = index;
    this.roll = roll;
    this.console = console;
  }

  Loaded load() throws IOException, SQLException, RedisAway, RollRefused {
    roll.checkSizes();
    LockRoll.lock(tables, roll.manifest().lawId(), console);
    Admission admission =
        AdmitRoll.decide(
            roll.manifest(), roll.manifestSha256(), tables.find(roll.manifest().lawId()));
    return switch (admission) {
      case Admission.Begin _ -> {
        // First: sentinels of a roll that Postgres has lost would vouch for buckets of this one.
        index.clear();
        yield load(tables.begin(roll.manifest(), roll.manifestSha256()));
      }
      case Admission.Replace announced -> {
        index.clear();
        tables.replace(announced.number(), roll.manifest(), roll.manifestSha256());
        yield load(announced.number());
      }
      case Admission.GoOn known ->
          known.complete() && index.withoutSentinel().isEmpty()
              ? Loaded.NOTHING_NEW
              : load(known.number());
      case Admission.Refuse refused -> throw new RollRefused(refused.reason());
    };
  }

  private Loaded load(int number) throws IOException, SQLException, RedisAway, RollRefused {
    Map<Integer, Bytes> present = tables.shards(number);
    checkDigests(present);
    try (ProgressBar bar = console.bar("load", roll.manifest().count())) {
      for (int shard = 1; shard <= roll.manifest().shards().size(); shard++) {
        if (!present.containsKey(shard)) {
          index.fill(copy(number, shard));
          bar.advance(roll.manifest().shards().get(shard - 1).count());
        }
      }
      fillWhatIsMissing(bar);
    }
    tables.complete(number);
    return Loaded.COMPLETE;
  }

  private void checkDigests(Map<Integer, Bytes> present) throws RollRefused {
    for (Map.Entry<Integer, Bytes> each : present.entrySet()) {
      List<Shard> shards = roll.manifest().shards();
      boolean known = each.getKey() <= shards.size();
      if (!known || !shards.get(each.getKey() - 1).sha256().equals(each.getValue())) {
        throw new RollRefused(
            "shard " + each.getKey() + " was loaded from another file than the manifest's");
      }
    }
  }

  /** Nothing is sent before the whole shard was read, and its digest found to be the manifest's. */
  private List<Bucket> copy(int number, int shard) throws IOException, SQLException, RollRefused {
    Shard its = roll.manifest().shards().get(shard - 1);
    List<Bucket> buckets;
    try (ShardReader reader = roll.open(shard)) {
      buckets = buckets(its, reader);
    }
    VoterCopy copy = tables.copyIn(number);
    for (Bucket bucket : buckets) {
      for (byte[] tag : bucket.tags()) {
        copy.add(tag);
      }
    }
    copy.finish();
    tables.finishShard(number, shard, its);
    return buckets;
  }

  private static List<Bucket> buckets(Shard shard, ShardReader reader)
      throws IOException, SQLException, RollRefused {
    BucketStream stream = new BucketStream(reader);
    List<Bucket> buckets = new ArrayList<>();
    for (int bucket = shard.firstBucket(); bucket <= shard.lastBucket(); bucket++) {
      buckets.add(new Bucket(bucket, stream.take(bucket)));
    }
    return buckets;
  }

  /** On a fresh load nothing; after a crash, or when Redis was emptied, what lacks its sentinel. */
  private void fillWhatIsMissing(ProgressBar bar)
      throws IOException, SQLException, RedisAway, RollRefused {
    for (int round = 1; round <= ROUNDS; round++) {
      BitSet missing = index.withoutSentinel();
      if (missing.isEmpty()) {
        return;
      }
      for (int shard = 1; shard <= roll.manifest().shards().size(); shard++) {
        Shard its = roll.manifest().shards().get(shard - 1);
        if (missing.get(its.firstBucket(), its.lastBucket() + 1).isEmpty()) {
          continue;
        }
        try (ShardReader reader = roll.open(shard)) {
          index.fill(
              buckets(its, reader).stream()
                  .filter(bucket -> missing.get(bucket.number()))
                  .toList());
        }
        bar.advance(its.count());
      }
    }
    throw new RollRefused("Redis loses buckets as fast as they are filled: is its memory full?");
  }
}
