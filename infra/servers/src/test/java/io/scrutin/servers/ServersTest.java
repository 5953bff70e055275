package io.scrutin.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServersTest {
  private static final ServerPrograms PROGRAMS = ServerPrograms.onThisMachine(System.err::println);

  @TempDir Path dir;

  @Test
  void natsServesFromItsFolderAgainAfterAKill() {
    try (NatsServer nats = NatsServer.start(PROGRAMS, dir, 0)) {
      killAndRestart(nats);
      assertThat(dir.resolve("nats/jetstream")).isDirectory();
    }
  }

  /** Three quarters of what is free at a start would leave out streams once the disk is fuller. */
  @Test
  void natsMayPromiseTheWholeDiskHoweverFullItIs() throws IOException {
    try (NatsServer nats = NatsServer.start(PROGRAMS, dir, 0)) {
      long disk = Files.getFileStore(dir).getTotalSpace();
      assertThat(dir.resolve("run/nats.conf")).content().contains("max_file_store: " + disk);
      assertThat(nats.freeBytes()).isPositive().isLessThanOrEqualTo(disk);
    }
  }

  @Test
  void redisKeepsWhatItWasToldOverAStop() throws IOException {
    try (RedisServer redis = RedisServer.start(PROGRAMS, dir, 0)) {
      Wire.ask(redis.port(), "SET vote kept\r\n");
      redis.restart();
      assertThat(Wire.ask(redis.port(), "GET vote\r\n")).contains("kept");
      killAndRestart(redis);
    }
  }

  @Test
  void postgresServesFromItsFolderAgainAfterAKill() {
    try (PostgresServer postgres = ThrowawayPostgres.start(PROGRAMS, dir)) {
      killAndRestart(postgres);
    }
  }

  /** With the cores busy, so that a process does not end all at once. */
  @Test
  void aKilledServerTakesNoConnectionAnyMore() throws InterruptedException {
    AtomicBoolean busy = new AtomicBoolean(true);
    List<Thread> others = new ArrayList<>();
    for (int core = 0; core < 2 * Runtime.getRuntime().availableProcessors(); core++) {
      others.add(Thread.ofPlatform().start(() -> turn(busy)));
    }
    try (RedisServer redis = RedisServer.start(PROGRAMS, dir, 0)) {
      for (int times = 0; times < 20; times++) {
        redis.kill();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), redis.port()).close())
            .isInstanceOf(ConnectException.class);
        redis.restart();
      }
    } finally {
      busy.set(false);
      for (Thread other : others) {
        other.join();
      }
    }
  }

  private static void turn(AtomicBoolean busy) {
    while (busy.get()) {
      Thread.onSpinWait();
    }
  }

  private static void killAndRestart(Server server) {
    int port = server.port();
    long before = server.pid();
    server.kill();
    assertThat(server.isRunning()).isFalse();
    server.restart();
    assertThat(server.isRunning()).isTrue();
    assertThat(server.port()).isEqualTo(port);
    assertThat(server.pid()).isNotEqualTo(before);
  }

  @Test
  void refusesAFolderThatIsInUse() {
    try (NatsServer nats = NatsServer.start(PROGRAMS, dir, 0)) {
      assertThatThrownBy(() -> NatsServer.start(PROGRAMS, dir, 0))
          .isInstanceOf(ServerUnavailable.class)
          .hasMessageContaining("another Scrutin");
      assertThat(nats.isRunning()).isTrue();
    }
  }

  @Test
  void leavesNoPidFileBehindWhenItStops() {
    RedisServer redis = RedisServer.start(PROGRAMS, dir, 0);
    assertThat(dir.resolve("run/redis.pid")).exists();
    redis.close();
    assertThat(dir.resolve("run/redis.pid")).doesNotExist();
    assertThat(Files.exists(dir.resolve("logs/redis.log"))).isTrue();
  }

  @Test
  void takesAnotherPortOnlyWhenItMayAndSaysWhyItDoesNotStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> RedisServer.start(PROGRAMS, dir, port))
          .isInstanceOf(ServerUnavailable.class)
          .hasMessageContaining("redis did not start")
          .hasMessageContaining("in use");
    }
    // The failed start let go of the folder.
    RedisServer.start(PROGRAMS, dir, 0).close();
  }

  @Test
  void aServerHasASessionOfItsOwn() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "read from Linux's /proc");
    try (RedisServer redis = RedisServer.start(PROGRAMS, dir, 0)) {
      // pid (comm) state ppid pgrp session …: Ctrl-C goes to a group, hanging up to a session.
      String[] status =
          Files.readString(Path.of("/proc", Long.toString(redis.pid()), "stat")).split(" ", -1);
      assertThat(status[4]).isEqualTo(Long.toString(redis.pid()));
      assertThat(status[5]).isEqualTo(Long.toString(redis.pid()));
    }
  }

  @Test
  void postgresKeepsDataOfItsOwnMajorVersionOnly() throws IOException {
    Files.createDirectories(dir.resolve("postgres"));
    Files.writeString(dir.resolve("postgres/PG_VERSION"), "9\n");
    assertThatThrownBy(() -> ThrowawayPostgres.start(PROGRAMS, dir))
        .isInstanceOf(ServerUnavailable.class)
        .hasMessageContaining("written by Postgres 9");
  }
}
