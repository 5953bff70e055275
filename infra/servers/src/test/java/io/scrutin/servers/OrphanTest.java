package io.scrutin.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher that is killed leaves servers behind; the next start on its folder finds them. */
final class OrphanTest {
  private static final ServerPrograms PROGRAMS = ServerPrograms.onThisMachine(System.err::println);

  /** Starts all three servers on a folder and says so; to be killed. */
  static final class Launcher {
    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
      Path dir = Path.of(arguments[0]);
      NatsServer.start(PROGRAMS, dir, 0);
      RedisServer redis = RedisServer.start(PROGRAMS, dir, 0);
      Wire.ask(redis.port(), "SET vote kept\r\n");
      ThrowawayPostgres.start(PROGRAMS, dir);
      Files.createFile(dir.resolve("launched"));
      Thread.sleep(Duration.ofMinutes(5));
    }
  }

  @TempDir Path dir;

  /** A test that fails half-way leaves none behind either. */
  @AfterEach
  void noneIsLeft() throws IOException {
    Leftovers.stop(dir);
  }

  @Test
  void serversOutliveTheirKilledLauncherUntilTheNextStartOnTheFolder() throws Exception {
    launchAndKill();
    ProcessHandle nats = running("nats");
    ProcessHandle redis = running("redis");
    ProcessHandle postgres = running("postgres");

    expectReplaced(nats, d -> NatsServer.start(PROGRAMS, d, 0));
    expectReplaced(redis, d -> RedisServer.start(PROGRAMS, d, 0));
    expectReplaced(postgres, d -> ThrowawayPostgres.start(PROGRAMS, d));
  }

  private void expectReplaced(ProcessHandle orphan, Function<Path, Server> start) {
    assertThat(Waiting.isRunning(orphan)).isTrue();
    try (Server server = start.apply(dir)) {
      assertThat(Waiting.isRunning(orphan)).isFalse();
      assertThat(server.isRunning()).isTrue();
      assertThat(server.pid()).isNotEqualTo(orphan.pid());
    }
  }

  @Test
  void everythingKilledAtOnceStartsAgain() throws Exception {
    launchAndKill();
    for (String name : List.of("nats", "redis", "postgres")) {
      ProcessHandle server = running(name);
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
      assertThat(Waiting.forExit(server, Duration.ofSeconds(10))).isTrue();
    }
    NatsServer.start(PROGRAMS, dir, 0).close();
    ThrowawayPostgres.start(PROGRAMS, dir).close();
    try (RedisServer redis = RedisServer.start(PROGRAMS, dir, 0)) {
      assertThat(Wire.ask(redis.port(), "GET vote\r\n")).contains("kept");
    }
  }

  @Test
  void aProcessThatGotTheNumberSinceIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.createDirectories(dir.resolve("run"));
      Files.writeString(dir.resolve("run/redis.pid"), stranger.pid() + "\n");
      RedisServer.start(PROGRAMS, dir, 0).close();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void leftoversOfAFolderThatNobodyWantsAreStopped() throws Exception {
    launchAndKill();
    List<ProcessHandle> servers = List.of(running("nats"), running("redis"), running("postgres"));
    Leftovers.stop(dir);
    assertThat(servers).noneMatch(Waiting::isRunning);
  }

  private ProcessHandle running(String name) throws IOException {
    String pid = Files.readString(dir.resolve("run").resolve(name + ".pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private void launchAndKill() throws Exception {
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                dir.toString())
            .inheritIO()
            .start();
    while (!Files.exists(dir.resolve("launched"))) {
      assertThat(launcher.isAlive()).isTrue();
      Waiting.briefly();
    }
    launcher.destroyForcibly().waitFor();
  }
}
