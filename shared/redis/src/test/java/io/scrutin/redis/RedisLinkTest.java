package io.scrutin.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.scrutin.servers.RedisServer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RedisLinkTest {
  private static Command<byte[], byte[], Long> increment(String key) {
    CommandArgs<byte[], byte[]> arguments =
        new CommandArgs<>(ByteArrayCodec.INSTANCE)
            .add(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new Command<>(CommandType.INCR, new IntegerOutput<>(ByteArrayCodec.INSTANCE), arguments);
  }

  @Test
  void answersInTheOrderOfTheQuestions() {
    String key = TestRedis.freshPrefix() + "counter";
    try (RedisLink redis = new RedisLink(TestRedis.url())) {
      assertThat(redis.sendAll(Stream.generate(() -> increment(key)).limit(500).toList()))
          .hasValueSatisfying(
              answers -> assertThat(answers).hasSize(500).isSorted().startsWith(1L).endsWith(500L));
    }
  }

  @Test
  void answersNothingWhenOneCommandIsRefused() {
    String key = TestRedis.freshPrefix() + "refused";
    Command<byte[], byte[], Long> nonsense =
        new Command<>(
            CommandType.SADD,
            new IntegerOutput<>(ByteArrayCodec.INSTANCE),
            new CommandArgs<>(ByteArrayCodec.INSTANCE));
    try (RedisLink redis = new RedisLink(TestRedis.url())) {
      assertThat(redis.sendAll(List.of(increment(key), nonsense))).isEmpty();
    }
  }

  @Test
  void answersNothingWhileRedisIsAwayAndAgainWhenItIsBack() {
    RedisServer server = TestRedis.own();
    try (RedisLink redis = new RedisLink(server.url())) {
      assertThat(redis.sendAll(List.of(increment("counter")))).isPresent();
      server.kill();
      assertThat(redis.sendAll(List.of(increment("counter")))).isEmpty();
      server.restart();
      Await.until(
          () -> redis.sendAll(List.of(increment("counter"))).isPresent(), "Redis is found again");
    } finally {
      server.close();
    }
  }

  @Test
  void waitsForARedisThatHangsOnceAndThenNotAgainForAWhile() {
    RedisServer server = TestRedis.own();
    try (TcpProxy proxy = TcpProxy.to(server.port());
        RedisLink redis = new RedisLink(proxy.through(server.url()))) {
      assertThat(redis.sendAll(List.of(increment("counter")))).isPresent();
      proxy.hang();
      assertThat(redis.sendAll(List.of(increment("counter")))).isEmpty();
      long start = System.nanoTime();
      assertThat(redis.sendAll(List.of(increment("counter")))).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(400));
      proxy.heal();
      Await.until(
          () -> redis.sendAll(List.of(increment("counter"))).isPresent(), "Redis is found again");
    } finally {
      server.close();
    }
  }

  @Test
  void waitsLongerForASlowRedisWhereThatHoldsUpNobody() {
    RedisServer server = TestRedis.own();
    try (RedisLink quick = new RedisLink(server.url());
        RedisLink patient = new RedisLink(server.url(), Duration.ofSeconds(20))) {
      assertThat(patient.sendAll(List.of(increment("counter")))).isPresent();
      assertThat(quick.sendAll(List.of(pause(1_500)))).isPresent();
      assertThat(quick.sendAll(List.of(increment("counter")))).isEmpty();
      assertThat(patient.sendAll(List.of(increment("counter")))).isPresent();
    } finally {
      server.close();
    }
  }

  private static Command<byte[], byte[], String> pause(long millis) {
    return new Command<>(
        CommandType.CLIENT,
        new StatusOutput<>(ByteArrayCodec.INSTANCE),
        new CommandArgs<>(ByteArrayCodec.INSTANCE).add("PAUSE").add(millis));
  }
}
