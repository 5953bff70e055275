package io.scrutin.results;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.micronaut.json.JsonMapper;
import io.scrutin.redis.RedisLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What another instance published within the last second, in Redis. */
final class ResultsCache {
  static final Duration LIFETIME = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ResultsCache.class);

  private final RedisLink redis;
  private final String environment;
  private final JsonMapper json;

  ResultsCache(RedisLink redis, String environment, JsonMapper json) {
    this.redis = redis;
    this.environment = environment;
    this.json = json;
  }

  /** Nothing when there is none, Redis is away or holds something else. */
  Optional<Published> get(String lawId) {
    CommandArgs<byte[], byte[]> arguments =
        new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key(lawId));
    Command<byte[], byte[], byte[]> get =
        new Command<>(CommandType.GET, new ValueOutput<>(ByteArrayCodec.INSTANCE), arguments);
    return redis
        .sendAll(List.of(get))
        .flatMap(answers -> Optional.ofNullable(answers.getFirst()))
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .flatMap(this::read);
  }

  void put(Published published) {
    CommandArgs<byte[], byte[]> arguments =
        new CommandArgs<>(ByteArrayCodec.INSTANCE)
            .addKey(key(published.results().lawId()))
            .add(LIFETIME.toMillis())
            .addValue(published.json().getBytes(StandardCharsets.UTF_8));
    redis.sendAll(
        List.of(
            new Command<>(
                CommandType.PSETEX, new StatusOutput<>(ByteArrayCodec.INSTANCE), arguments)));
  }

  private Optional<Published> read(String value) {
    try {
      return Optional.of(Published.of(json.readValue(value, Results.class), value));
    } catch (IOException | RuntimeException unreadable) {
      // Of another version of this function, while both run: Postgres is asked instead.
      LOG.debug("what Redis holds cannot be read", unreadable);
      return Optional.empty();
    }
  }

  private byte[] key(String lawId) {
    return (environment + ":results:{" + lawId + "}").getBytes(StandardCharsets.UTF_8);
  }
}
