package io.scrutin.dedup;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.VoteVerified;
import io.scrutin.redis.RedisLink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Who claimed which voter's place first, in Redis: an index that may be lost at any time. */
final class Claims {
  /**
   * One slot, one step: reading and then writing would let two votes both be first. The script goes
   * along each time (a hundred bytes) rather than by digest, which a restarted Redis would not
   * know.
   */
  private static final byte[] CLAIM =
      """
      if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 1 then return 0 end
      if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return 1 end
      return 2
      """
          .getBytes(StandardCharsets.US_ASCII);

  /** Of a vote id's 16 bytes these tell two votes of one voter apart, at 22 bytes a voter. */
  private static final int VOTE_PREFIX_BYTES = 8;

  private final RedisLink redis;
  private final String environment;

  Claims(RedisLink redis, String environment) {
    this.redis = redis;
    this.environment = environment;
  }

  void getReady() {
    redis.getReady();
  }

  List<Claim> claim(List<VoteVerified> votes) {
    List<RedisCommand<byte[], byte[], Long>> commands = new ArrayList<>(votes.size());
    votes.forEach(vote -> commands.add(command(vote)));
    return redis
        .sendAll(commands)
        .map(answers -> answers.stream().map(Claims::read).toList())
        .orElseGet(() -> Collections.nCopies(votes.size(), Claim.UNKNOWN));
  }

  private RedisCommand<byte[], byte[], Long> command(VoteVerified vote) {
    int bucket = RollBuckets.bucket(vote.tag());
    String key = RollBuckets.key(environment, "voted_hashes", vote.lawId(), bucket);
    byte[] voter = ByteBuffer.allocate(Long.BYTES).putLong(RollBuckets.prefix(vote.tag())).array();
    byte[] voteId = Arrays.copyOf(vote.voteId().bytes().toArray(), VOTE_PREFIX_BYTES);
    CommandArgs<byte[], byte[]> arguments =
        new CommandArgs<>(ByteArrayCodec.INSTANCE)
            .add(CLAIM)
            .add(1)
            .addKey(key.getBytes(StandardCharsets.UTF_8))
            .addValue(voter)
            .addValue(voteId);
    return new Command<>(CommandType.EVAL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), arguments);
  }

  private static Claim read(Long answer) {
    return switch (answer.intValue()) {
      case 0 -> Claim.FIRST;
      case 1 -> Claim.REPLAY;
      case 2 -> Claim.OTHER;
      default -> throw new IllegalStateException("the claim script answered " + answer);
    };
  }
}
