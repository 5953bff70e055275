package io.scrutin.dedup;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.scrutin.redis.RedisLink;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code redis_memory_used_bytes}, asked whenever metrics are; no number while Redis is away. */
@Context
final class RedisMemory {
  private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

  private final RedisLink redis;

  RedisMemory(@Named("dedup") RedisLink redis, MeterRegistry registry) {
    this.redis = redis;
    Gauge.builder("redis.memory.used", this, RedisMemory::usedBytes)
        .description("Memory that Redis uses")
        .baseUnit("bytes")
        .register(registry);
  }

  private double usedBytes() {
    CommandArgs<byte[], byte[]> section = new CommandArgs<>(ByteArrayCodec.INSTANCE).add("memory");
    Command<byte[], byte[], byte[]> info =
        new Command<>(CommandType.INFO, new ByteArrayOutput<>(ByteArrayCodec.INSTANCE), section);
    return redis
        .sendAll(List.of(info))
        .map(answers -> used(new String(answers.getFirst(), StandardCharsets.US_ASCII)))
        .orElse(Double.NaN);
  }

  private static double used(String info) {
    Matcher match = USED.matcher(info);
    return match.find() ? Double.parseDouble(match.group(1)) : Double.NaN;
  }
}
