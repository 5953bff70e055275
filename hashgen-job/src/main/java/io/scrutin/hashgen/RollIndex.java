package io.scrutin.hashgen;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.scrutin.credential.RollBuckets;
import io.scrutin.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The buckets of a roll in Redis. */
final class RollIndex {
  /** Half a megabyte of commands at 8 million voters. */
  static final int BUCKETS_AT_ONCE = 64;

  private static final int SENTINELS_AT_ONCE = 1_024;
  private static final int ATTEMPTS = 10;

  /**
   * A process just started has everything to load when its first answers come: with the time-out of
   * the vote's way it took Redis for away, several times over on a busy machine.
   */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A little more than the link's own pause after a failure. */
  private static final long PAUSE_MILLIS = 1_100;

  private static final String KIND = "valid_hashes";
  private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

  /**
   * A bucket is whole or not there: between the two, and after a crash, verify must find neither
   * half of its members nor those of an older roll beside a sentinel. By the thousand, because Lua
   * hands over no more than some thousands of arguments.
   */
  private static final String FILL =
      """
      redis.call('DEL', KEYS[1])
      for from = 1, #ARGV, 1000 do
        redis.call('SADD', KEYS[1], unpack(ARGV, from, math.min(from + 999, #ARGV)))
      end
      return #ARGV
      """;

  /** A bucket as it should be. */
  record Bucket(int number, List<byte[]> tags) {}

  private final RedisLink redis;
  private final String environment;
  private final String lawId;

  RollIndex(RedisLink redis, String environment, String lawId) {
    this.redis = redis;
    this.environment = environment;
    this.lawId = lawId;
  }

  /** Those that were never filled, or were lost since. */
  BitSet withoutSentinel() throws RedisAway {
    BitSet without = new BitSet(RollBuckets.BUCKETS);
    for (int from = 0; from < RollBuckets.BUCKETS; from += SENTINELS_AT_ONCE) {
      List<Long> present = send(from, SENTINELS_AT_ONCE, this::hasSentinel);
      for (int i = 0; i < present.size(); i++) {
        without.set(from + i, present.get(i) == 0);
      }
    }
    return without;
  }

  private RedisCommand<byte[], byte[], Long> hasSentinel(int bucket) {
    return new Command<>(
        CommandType.SISMEMBER, new IntegerOutput<>(CODEC), key(bucket).add(RollBuckets.SENTINEL));
  }

  void clear() throws RedisAway {
    for (int from = 0; from < RollBuckets.BUCKETS; from += SENTINELS_AT_ONCE) {
      send(
          from,
          SENTINELS_AT_ONCE,
          bucket -> new Command<>(CommandType.DEL, new IntegerOutput<>(CODEC), key(bucket)));
    }
  }

  void fill(List<Bucket> buckets) throws RedisAway {
    for (int from = 0; from < buckets.size(); from += BUCKETS_AT_ONCE) {
      int count = Math.min(BUCKETS_AT_ONCE, buckets.size() - from);
      send(from, count, at -> fill(buckets.get(at)));
    }
  }

  private RedisCommand<byte[], byte[], Long> fill(Bucket bucket) {
    CommandArgs<byte[], byte[]> arguments =
        new CommandArgs<>(CODEC).add(FILL).add(1).addKey(keyBytes(bucket.number()));
    arguments.add(RollBuckets.SENTINEL);
    for (byte[] tag : bucket.tags()) {
      arguments.add(RollBuckets.prefix(tag));
    }
    return new Command<>(CommandType.EVAL, new IntegerOutput<>(CODEC), arguments);
  }

  /** What is in the buckets from this one on, sentinels included, in no order. */
  List<long[]> members(int from) throws RedisAway {
    List<long[]> members = new ArrayList<>();
    List<List<byte[]>> answers =
        send(
            from,
            BUCKETS_AT_ONCE,
            bucket ->
                new Command<>(CommandType.SMEMBERS, new ValueListOutput<>(CODEC), key(bucket)));
    for (List<byte[]> answer : answers) {
      members.add(answer.stream().mapToLong(RollIndex::number).toArray());
    }
    return members;
  }

  private static long number(byte[] member) {
    return Long.parseLong(new String(member, StandardCharsets.US_ASCII));
  }

  private CommandArgs<byte[], byte[]> key(int bucket) {
    return new CommandArgs<>(CODEC).addKey(keyBytes(bucket));
  }

  private byte[] keyBytes(int bucket) {
    return RollBuckets.key(environment, KIND, lawId, bucket).getBytes(StandardCharsets.UTF_8);
  }

  /** A command made anew each time: what was sent keeps half an answer. */
  private <T> List<T> send(
      int from, int count, IntFunction<RedisCommand<byte[], byte[], T>> command) throws RedisAway {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      List<RedisCommand<byte[], byte[], T>> commands = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        commands.add(command.apply(from + i));
      }
      Optional<List<T>> answers = redis.sendAll(commands);
      if (answers.isPresent()) {
        return answers.get();
      }
      pause();
    }
    throw new RedisAway();
  }

  private static void pause() throws RedisAway {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new RedisAway();
    }
  }
}
