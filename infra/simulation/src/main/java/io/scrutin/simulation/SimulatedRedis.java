package io.scrutin.simulation;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrutin.redis.RedisLink;
import io.scrutin.simulation.Fates.Passage;
import io.scrutin.simulation.Fates.Phase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Redis, as far as the vote's way asks it: sets, hashes and one script. */
final class SimulatedRedis {
  private static final String CLAIM =
      "if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 1 then return 0 end"
          + " if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return 1 end return 2";

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static final Facade<StatefulConnection, SimulatedRedis> CONNECTIONS =
      Facade.<StatefulConnection, SimulatedRedis>of(StatefulConnection.class)
          .answering(
              "dispatch",
              (redis, call) ->
                  redis.dispatch((Collection<RedisCommand<byte[], byte[], ?>>) call[0]))
          .answering("close", (_, _) -> null);

  private final World world;
  private final Fates fates;
  private Map<String, Set<String>> sets = new HashMap<>();
  private Map<String, Map<String, String>> hashes = new HashMap<>();
  private boolean up = true;

  SimulatedRedis(World world, Fates fates) {
    this.world = world;
    this.fates = fates;
  }

  /** A process's way to it. */
  RedisLink link() {
    StatefulConnection<byte[], byte[]> connection = connection();
    return new RedisLink(() -> connection, world::nanos);
  }

  @SuppressWarnings("unchecked")
  StatefulConnection<byte[], byte[]> connection() {
    return CONNECTIONS.before(this);
  }

  void go() {
    up = false;
  }

  void comeBack() {
    up = true;
  }

  void flush() {
    sets = new HashMap<>();
    hashes = new HashMap<>();
  }

  /** What a snapshot holds, to be restored later: a Redis of yesterday. */
  Runnable snapshot() {
    Map<String, Set<String>> oldSets = new HashMap<>();
    sets.forEach((key, members) -> oldSets.put(key, new TreeSet<>(members)));
    Map<String, Map<String, String>> oldHashes = new HashMap<>();
    hashes.forEach((key, fields) -> oldHashes.put(key, new HashMap<>(fields)));
    return () -> {
      sets = oldSets;
      hashes = oldHashes;
    };
  }

  void add(String key, long member) {
    sets.computeIfAbsent(key, _ -> new TreeSet<>()).add(Long.toString(member));
  }

  /** All of them go out in one write, and are waited for together. */
  private @Nullable Object dispatch(Collection<RedisCommand<byte[], byte[], ?>> commands) {
    String place = Places.of("redis");
    SimulatedProcess process = world.current();
    fates.pass(process, place, Phase.BEFORE);
    Passage passage = fates.passage();
    world.sleep(fates.latency());
    if (!up || passage == Passage.REQUEST_LOST) {
      throw new RedisConnectionException("Redis is away");
    }
    commands.forEach(this::answer);
    fates.pass(process, place, Phase.AFTER);
    world.sleep(fates.latency());
    if (passage == Passage.ANSWER_LOST) {
      throw new RedisConnectionException("Redis went away");
    }
    commands.forEach(RedisCommand::complete);
    return null;
  }

  private void answer(RedisCommand<byte[], byte[], ?> command) {
    List<byte[]> words = words(command);
    CommandOutput<byte[], byte[], ?> output = command.getOutput();
    switch (text(words.getFirst())) {
      case "SMISMEMBER" -> {
        Set<String> members = sets.getOrDefault(text(words.get(1)), Set.of());
        output.multi(words.size() - 2);
        words
            .subList(2, words.size())
            .forEach(word -> output.set(members.contains(text(word)) ? 1L : 0L));
      }
      case "EVAL" -> output.set(claim(words));
      default -> throw new UnsupportedOperationException("the simulation knows no such command");
    }
  }

  /** What the one script says, which is looked at word by word: another would mean another. */
  private long claim(List<byte[]> words) {
    String script = text(words.get(1)).replaceAll("\\s+", " ").strip();
    if (!script.equals(CLAIM)) {
      throw new UnsupportedOperationException("the simulation knows no such script: " + script);
    }
    Map<String, String> fields = hashes.computeIfAbsent(text(words.get(3)), _ -> new HashMap<>());
    String vote = HexFormat.of().formatHex(words.get(5));
    String before = fields.putIfAbsent(HexFormat.of().formatHex(words.get(4)), vote);
    return before == null ? 0 : before.equals(vote) ? 1 : 2;
  }

  private static String text(byte[] word) {
    return new String(word, StandardCharsets.UTF_8);
  }

  /** As the command goes over the wire: an array of bulk strings. */
  private static List<byte[]> words(RedisCommand<byte[], byte[], ?> command) {
    ByteBuf buffer = Unpooled.buffer();
    command.encode(buffer);
    ByteBuffer wire = ByteBuffer.wrap(buffer.array(), 0, buffer.readableBytes());
    int count = number(wire, '*');
    List<byte[]> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] word = new byte[number(wire, '$')];
      wire.get(word);
      wire.getShort();
      words.add(word);
    }
    return words;
  }

  private static int number(ByteBuffer wire, char kind) {
    if (wire.get() != kind) {
      throw new IllegalStateException("no RESP");
    }
    int number = 0;
    for (byte next = wire.get(); next != '\r'; next = wire.get()) {
      number = number * 10 + next - '0';
    }
    wire.get();
    return number;
  }
}
