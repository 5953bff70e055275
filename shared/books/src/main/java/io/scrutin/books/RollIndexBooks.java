package io.scrutin.books;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.KeyListOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Tag;
import io.scrutin.redis.RedisLink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Redis's index beside the roll, some buckets at a time: of eight million voters about 60,000 are
 * in memory at once.
 */
final class RollIndexBooks {
  private static final int BUCKETS_AT_ONCE = 256;
  private static final int ATTEMPTS = 4;

  /** Longer than the link waits before it tries a Redis again that was away. */
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(1_100);

  /** Tags come in the order of their buckets, since their first bits choose these. */
  private static final String VOTERS =
      """
      SELECT v.tag FROM roll.voter v WHERE v.roll = (SELECT number FROM roll.roll WHERE law_id = ?)
        AND v.tag >= ? AND (?::bytea IS NULL OR v.tag < ?)
      """;

  private static final String PARTICIPANTS =
      """
      SELECT tag FROM store.participation WHERE law_id = ?
        AND tag >= ? AND (?::bytea IS NULL OR tag < ?)
      """;

  private final Connection connection;
  private final RedisLink redis;
  private final String environment;
  private final String lawId;

  RollIndexBooks(Connection connection, RedisLink redis, String environment, String lawId) {
    this.connection = connection;
    this.redis = redis;
    this.environment = environment;
    this.lawId = lawId;
  }

  /** Nothing when Redis is away. */
  Optional<IndexComparison> compare() throws SQLException, InterruptedException {
    IndexComparison comparison = new IndexComparison();
    for (int first = 0; first < RollBuckets.BUCKETS; first += BUCKETS_AT_ONCE) {
      int from = first;
      Optional<List<List<byte[]>>> members = ask(from, "valid_hashes", this::members);
      Optional<List<List<byte[]>>> claims = ask(from, "voted_hashes", this::claims);
      if (members.isEmpty() || claims.isEmpty()) {
        return Optional.empty();
      }
      List<List<Long>> voters = prefixes(VOTERS, from);
      List<List<Long>> participants = prefixes(PARTICIPANTS, from);
      for (int i = 0; i < BUCKETS_AT_ONCE; i++) {
        comparison.bucket(from + i, voters.get(i), numbers(members.get().get(i)));
        comparison.claims(participants.get(i), longs(claims.get().get(i)));
      }
    }
    return Optional.of(comparison);
  }

  private interface Question {
    RedisCommand<byte[], byte[], List<byte[]>> about(byte[] key);
  }

  private Optional<List<List<byte[]>>> ask(int first, String kind, Question question)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      List<RedisCommand<byte[], byte[], List<byte[]>>> commands = new ArrayList<>();
      for (int bucket = first; bucket < first + BUCKETS_AT_ONCE; bucket++) {
        String key = RollBuckets.key(environment, kind, lawId, bucket);
        commands.add(question.about(key.getBytes(StandardCharsets.UTF_8)));
      }
      Optional<List<List<byte[]>>> answers = redis.sendAll(commands);
      if (answers.isPresent() || attempt == ATTEMPTS) {
        return answers;
      }
      Thread.sleep(BETWEEN_ATTEMPTS);
    }
  }

  private RedisCommand<byte[], byte[], List<byte[]>> members(byte[] key) {
    return new Command<>(
        CommandType.SMEMBERS,
        new ValueListOutput<>(ByteArrayCodec.INSTANCE),
        new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key));
  }

  private RedisCommand<byte[], byte[], List<byte[]>> claims(byte[] key) {
    return new Command<>(
        CommandType.HKEYS,
        new KeyListOutput<>(ByteArrayCodec.INSTANCE),
        new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key));
  }

  private List<List<Long>> prefixes(String sql, int first) throws SQLException {
    List<List<Long>> buckets = new ArrayList<>(BUCKETS_AT_ONCE);
    for (int i = 0; i < BUCKETS_AT_ONCE; i++) {
      buckets.add(new ArrayList<>());
    }
    byte[] end = firstTagOf(first + BUCKETS_AT_ONCE);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, lawId);
      select.setBytes(2, firstTagOf(first));
      select.setBytes(3, end);
      select.setBytes(4, end);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Tag tag = Tag.of(rows.getBytes(1));
          buckets.get(RollBuckets.bucket(tag) - first).add(RollBuckets.prefix(tag));
        }
      }
    }
    return buckets;
  }

  /** Shorter than a tag and therefore before each that begins with it; nothing after the last. */
  private static byte @Nullable [] firstTagOf(int bucket) {
    if (bucket == RollBuckets.BUCKETS) {
      return null;
    }
    int firstBits = bucket * (0x1_0000 / RollBuckets.BUCKETS);
    return new byte[] {(byte) (firstBits >>> 8), (byte) firstBits};
  }

  /** A set of whole numbers tells them in decimal; what is none stands for one that nobody has. */
  private static List<@Nullable Long> numbers(List<byte[]> members) {
    List<@Nullable Long> numbers = new ArrayList<>(members.size());
    for (byte[] member : members) {
      try {
        numbers.add(Long.valueOf(new String(member, StandardCharsets.US_ASCII)));
      } catch (NumberFormatException strange) {
        numbers.add(null);
      }
    }
    return numbers;
  }

  private static List<@Nullable Long> longs(List<byte[]> claims) {
    List<@Nullable Long> longs = new ArrayList<>(claims.size());
    for (byte[] claim : claims) {
      longs.add(claim.length == Long.BYTES ? ByteBuffer.wrap(claim).getLong() : null);
    }
    return longs;
  }
}
