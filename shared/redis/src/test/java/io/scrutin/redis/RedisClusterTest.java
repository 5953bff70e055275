package io.scrutin.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.scrutin.servers.Ports;
import io.scrutin.servers.Program;
import io.scrutin.servers.ServerPrograms;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes with half of the slots each: a client that knows only one of them finds both. */
final class RedisClusterTest {
  private static final int SLOTS = 16_384;

  @TempDir static Path dir;
  private static Process first;
  private static Process second;
  private static int port;

  @BeforeAll
  static void clustered() throws IOException {
    Program program = ServerPrograms.onThisMachine(System.err::println).redis();
    // The bus between nodes is 10,000 above.
    port = Ports.free();
    int other = Ports.free();
    first = start(program, port, "first.conf");
    second = start(program, other, "second.conf");
    RedisClient client = RedisClient.create();
    try {
      RedisCommands<String, String> one = commands(client, port);
      RedisCommands<String, String> two = commands(client, other);
      one.clusterAddSlots(IntStream.range(0, SLOTS / 2).toArray());
      two.clusterAddSlots(IntStream.range(SLOTS / 2, SLOTS).toArray());
      one.clusterMeet("127.0.0.1", other);
      Await.until(() -> isWhole(one) && isWhole(two), "both nodes know of all slots");
    } finally {
      client.shutdown();
    }
  }

  private static boolean isWhole(RedisCommands<String, String> node) {
    return node.clusterInfo().contains("cluster_state:ok")
        && node.clusterInfo().contains("cluster_known_nodes:2");
  }

  private static RedisCommands<String, String> commands(RedisClient client, int port) {
    RedisURI uri = RedisURI.create("redis://127.0.0.1:" + port);
    Await.until(() -> answers(client, uri), "the node answers");
    return client.connect(uri).sync();
  }

  private static boolean answers(RedisClient client, RedisURI uri) {
    try (var connection = client.connect(uri)) {
      return connection.sync().ping().equals("PONG");
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private static Process start(Program program, int port, String state) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                program.path().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--cluster-enabled",
                "yes",
                "--cluster-config-file",
                state,
                "--save",
                "",
                "--dir",
                dir.toString()));
    builder.environment().putAll(program.environment());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve(state + ".log").toFile())
        .start();
  }

  @AfterAll
  static void stopped() throws InterruptedException {
    for (Process node : List.of(first, second)) {
      node.destroyForcibly().waitFor();
    }
  }

  @Test
  void eachKeyIsFoundOnItsNodeAndAnswersKeepTheirOrder() {
    List<Command<byte[], byte[], Long>> commands =
        IntStream.range(0, 200).mapToObj(i -> incrementBy("bucket:" + i, i)).toList();
    try (RedisLink redis = new RedisLink("redis-cluster://127.0.0.1:" + port)) {
      Await.until(() -> redis.sendAll(List.of(incrementBy("ready", 0))).isPresent(), "connected");
      assertThat(redis.sendAll(commands))
          .hasValue(IntStream.range(0, 200).mapToObj(Long::valueOf).toList());
    }
  }

  private static Command<byte[], byte[], Long> incrementBy(String key, long by) {
    CommandArgs<byte[], byte[]> arguments =
        new CommandArgs<>(ByteArrayCodec.INSTANCE)
            .addKey(key.getBytes(StandardCharsets.UTF_8))
            .add(by);
    return new Command<>(
        CommandType.INCRBY, new IntegerOutput<>(ByteArrayCodec.INSTANCE), arguments);
  }
}
