package io.scrutin.hashgen;

import io.scrutin.console.ProgressBar;
import io.scrutin.hashgen.Difference.Kind;
import io.scrutin.hashgen.Manifest.Shard;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Shards against Postgres against Redis, bucket by bucket: a few thousand tags are held at once.
 */
final class CompareRoll {
  private final RollTables tables;
  private final RollIndex index;
  private final RollFolder roll;
  private final Console console;
  private final Differences found = new Differences();

  CompareRoll(RollTables tables, RollIndex index, RollFolder roll, Console console) {
    this.tables = tables;
    this.index = index;
    this.roll = roll;
    this.console = console;
  }

  Differences compare() throws IOException, SQLException, RedisAway {
    Optional<KnownRoll> known = tables.find(roll.manifest().lawId());
    if (known.isEmpty()) {
      found.add(new Difference(Kind.ROLL, "there is none"));
      return found;
    }
    int number = known.get().number();
    found.addAll(
        CompareRow.compare(
            roll.manifest(), roll.manifestSha256(), known.get(), tables.shards(number)));
    try (VoterStream voters = tables.read(number);
        ProgressBar bar = console.bar("verify", roll.manifest().count())) {
      BucketStream postgres = new BucketStream(voters);
      for (int shard = 1; shard <= roll.manifest().shards().size(); shard++) {
        compare(shard, postgres, bar);
      }
    } catch (RollRefused unreadable) {
      // Where a shard can no longer be read, what it should hold is not known.
      found.add(new Difference(Kind.SHARD, String.valueOf(unreadable.getMessage())));
    }
    return found;
  }

  private void compare(int number, BucketStream postgres, ProgressBar bar)
      throws IOException, SQLException, RedisAway, RollRefused {
    Shard shard = roll.manifest().shards().get(number - 1);
    try (ShardReader reader = roll.open(number)) {
      BucketStream shards = new BucketStream(reader);
      List<long[]> redis = List.of();
      for (int bucket = shard.firstBucket(); bucket <= shard.lastBucket(); bucket++) {
        int place = bucket % RollIndex.BUCKETS_AT_ONCE;
        if (redis.isEmpty() || place == 0) {
          redis = index.members(bucket - place);
        }
        List<byte[]> tags = shards.take(bucket);
        found.addAll(CompareBucket.postgres(tags, postgres.take(bucket)));
        found.addAll(CompareBucket.redis(bucket, tags, redis.get(place)));
        bar.advance(tags.size());
      }
    }
  }
}
