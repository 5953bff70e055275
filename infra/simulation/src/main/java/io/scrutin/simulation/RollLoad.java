package io.scrutin.simulation;

import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Tag;
import java.util.Comparator;
import java.util.List;

/**
 * The roll, as hashgen loads it: a shard's voters into Postgres, then its buckets into Redis, and
 * complete when all are there. Votes may come before that.
 */
final class RollLoad {
  static final int SHARDS = 4;

  private final Deployment deployment;
  private final String scheme;
  private final List<Tag> voters;
  private final Chance chance;
  private int shards;

  RollLoad(Deployment deployment, String scheme, List<Tag> voters, Chance chance) {
    this.deployment = deployment;
    this.scheme = scheme;
    this.voters = voters.stream().sorted(Comparator.comparingInt(RollBuckets::bucket)).toList();
    this.chance = chance;
  }

  void nextShard() {
    if (shards == SHARDS) {
      return;
    }
    int from = voters.size() * shards / SHARDS;
    shards++;
    List<Tag> shard = voters.subList(from, voters.size() * shards / SHARDS);
    Tables tables = deployment.postgres.tables();
    shard.forEach(
        tag -> tables.voters.commit(Tables.key(Election.LAW, tag.bytes().toArray()), true));
    shard.forEach(this::index);
    if (shards == SHARDS) {
      tables.completeRolls.commit(Election.LAW, scheme);
    }
  }

  /** Redis may have lost some of its buckets, of which Postgres has all. */
  private void index(Tag tag) {
    int bucket = RollBuckets.bucket(tag);
    String key = RollBuckets.key(Election.ENVIRONMENT, "valid_hashes", Election.LAW, bucket);
    if (chance.nextInt(10) > 0) {
      deployment.redis.add(key, RollBuckets.SENTINEL);
    }
    deployment.redis.add(key, RollBuckets.prefix(tag));
  }

  void finish() {
    while (shards < SHARDS) {
      nextShard();
    }
  }
}
