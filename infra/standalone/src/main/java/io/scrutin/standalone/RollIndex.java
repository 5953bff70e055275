package io.scrutin.standalone;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Tag;
import io.scrutin.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds Redis's index of a roll: every bucket, those without a voter too. */
final class RollIndex {
  private static final int BUCKETS_AT_ONCE = 2_048;

  private final RedisLink redis;
  private final String environment;

  RollIndex(RedisLink redis, String environment) {
    this.redis = redis;
    this.environment = environment;
  }

  /** Whether it could be built; verify does without it otherwise. */
  boolean build(String lawId, List<Tag> tags) {
    List<List<Long>> buckets = new ArrayList<>();
    for (int i = 0; i < RollBuckets.BUCKETS; i++) {
      buckets.add(new ArrayList<>());
    }
    tags.forEach(tag -> buckets.get(RollBuckets.bucket(tag)).add(RollBuckets.prefix(tag)));
    for (int from = 0; from < buckets.size(); from += BUCKETS_AT_ONCE) {
      List<RedisCommand<byte[], byte[], Long>> commands = new ArrayList<>();
      for (int i = from; i < Math.min(buckets.size(), from + BUCKETS_AT_ONCE); i++) {
        commands.add(fill(lawId, i, buckets.get(i)));
      }
      if (redis.sendAll(commands).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Members and sentinel in one command: the bucket is whole, or not there. */
  private RedisCommand<byte[], byte[], Long> fill(String lawId, int bucket, List<Long> prefixes) {
    String key = RollBuckets.key(environment, "valid_hashes", lawId, bucket);
    CommandArgs<byte[], byte[]> arguments =
        new CommandArgs<>(ByteArrayCodec.INSTANCE)
            .addKey(key.getBytes(StandardCharsets.UTF_8))
            .add(RollBuckets.SENTINEL);
    prefixes.forEach(arguments::add);
    return new Command<>(CommandType.SADD, new IntegerOutput<>(ByteArrayCodec.INSTANCE), arguments);
  }
}
