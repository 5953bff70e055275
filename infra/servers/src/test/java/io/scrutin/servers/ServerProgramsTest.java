package io.scrutin.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerProgramsTest {
  @TempDir Path dir;

  @Test
  void takesTheNewestThatIsInstalled() throws IOException {
    pretend("old", "redis-server", "Redis server v=6.2.1 sha=0");
    pretend("new", "redis-server", "Redis server v=99.0.0 sha=0");
    assertThat(programs("old", "new").redis().version()).isEqualTo(new Version(99, 0));
  }

  @Test
  void passesOverWhatIsTooOldAndBringsOneOfItsOwn() throws IOException {
    pretend("old", "redis-server", "Redis server v=5.0.14 sha=0");
    Program redis = programs("old").redis();
    assertThat(redis.version().isAtLeast(new Version(6, 2))).isTrue();
  }

  @Test
  void passesOverWhatDoesNotRunHere() throws IOException {
    Path broken = Files.createDirectories(dir.resolve("broken")).resolve("redis-server");
    Files.writeString(broken, "no program");
    Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(programs("broken").redis().path()).isNotEqualTo(broken);
  }

  @Test
  void unpacksAPostgresThatServes() throws IOException {
    Program postgres = new Embedded(reachableCache()).bring(ServerKind.POSTGRES).orElseThrow();
    assertThat(postgres.version().isAtLeast(ServerKind.POSTGRES.oldest())).isTrue();
    ServerPrograms onlyThis =
        new ServerPrograms(
            new Installed(List.of(postgres.path().getParent()), Map.of()),
            reachableCache(),
            _ -> {});
    try (PostgresServer server = ThrowawayPostgres.start(onlyThis, dir.resolve("up"))) {
      assertThat(server.isRunning()).isTrue();
    }
  }

  /** Of the machine, so that 50 MB are unpacked once and not at each run of the tests. */
  private static CacheFolder reachableCache() {
    return CacheFolder.ofUser();
  }

  @Test
  void saysInOneLineThatTheDataAskForAnotherVersion() {
    assertThatThrownBy(() -> programs().postgres(OptionalInt.of(9)))
        .isInstanceOf(ServerUnavailable.class)
        .hasMessageContaining("written by Postgres 9");
  }

  @Test
  void saysInOneLineWhatIsMissingAndHowToInstallIt() throws IOException {
    assumeTrue(AptPackages.isHere(), "elsewhere the package manager would really install it");
    Path notAFolder = Files.createFile(dir.resolve("file"));
    ServerPrograms helpless =
        new ServerPrograms(
            new Installed(List.of(), Map.of()), new CacheFolder(notAFolder), _ -> {});
    assertThatThrownBy(helpless::nats)
        .isInstanceOf(ServerUnavailable.class)
        .hasMessageContaining("NATS 2.9 or later is missing")
        .hasMessageContaining("sudo apt install nats-server")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFolderOfTheCacheIsFilledOnceAndWholeOrNotAtAll() throws Exception {
    CacheFolder cache = new CacheFolder(dir.resolve("cache"));
    assertThatThrownBy(
            () ->
                cache.once(
                    "tool",
                    folder -> {
                      Files.createFile(folder.resolve("half"));
                      throw new IOException("the network went away");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(cache.find("tool")).isEmpty();

    AtomicInteger fillings = new AtomicInteger();
    List<Callable<Path>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(
          () ->
              cache.once(
                  "tool",
                  folder -> {
                    fillings.incrementAndGet();
                    Files.createFile(folder.resolve("whole"));
                  }));
    }
    try (ExecutorService together = Executors.newFixedThreadPool(callers.size())) {
      for (Future<Path> folder : together.invokeAll(callers)) {
        assertThat(folder.get().resolve("whole")).exists();
        assertThat(folder.get().resolve("half")).doesNotExist();
      }
    }
    assertThat(fillings).hasValue(1);
  }

  @Test
  void readsWhatServersSayOfTheirVersion() {
    assertThat(Version.in("nats-server: v2.9.10")).contains(new Version(2, 9));
    assertThat(Version.in("Redis server v=7.0.15 sha=00000000:0")).contains(new Version(7, 0));
    assertThat(Version.in("initdb (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)"))
        .contains(new Version(15, 13));
    assertThat(Version.in("initdb (PostgreSQL) 18beta1")).contains(new Version(18, 0));
    assertThat(Version.in("no numbers")).isEmpty();
  }

  private ServerPrograms programs(String... folders) {
    List<Path> searchPath = List.of(folders).stream().map(dir::resolve).toList();
    return new ServerPrograms(new Installed(searchPath, Map.of()), reachableCache(), _ -> {});
  }

  private void pretend(String folder, String name, String version) throws IOException {
    Path program = Files.createDirectories(dir.resolve(folder)).resolve(name);
    Files.writeString(program, "#!/bin/sh\necho '" + version + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
