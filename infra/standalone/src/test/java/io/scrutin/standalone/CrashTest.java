package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code kill -9} of everything that {@code ./scrutin up} started, in the middle of the votes. */
class CrashTest {
  private static final Duration START = Duration.ofSeconds(120);

  @TempDir Path dir;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    killAll();
  }

  private Process up() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dscrutin.root=" + System.getProperty("scrutin.root"),
            "-cp",
            System.getProperty("java.class.path"),
            "io.scrutin.standalone.Main",
            "up",
            "--dir",
            dir.toString(),
            "--port",
            "0",
            "--voters",
            "6000");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(dir.resolve("up.out").toFile());
    Process up = builder.start();
    started.add(up);
    Await.until(
        START,
        () -> {
          assertThat(up.isAlive()).as("up runs").isTrue();
          return Files.exists(upFile());
        },
        "up has started");
    return up;
  }

  private Path upFile() {
    return dir.resolve("run").resolve("up.properties");
  }

  private Properties facts() throws IOException {
    Properties facts = new Properties();
    try (var reader = Files.newBufferedReader(upFile())) {
      facts.load(reader);
    }
    return facts;
  }

  /** The JVM first, so that nothing can be finished; then each server by its pid file. */
  private void killAll() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    try (DirectoryStream<Path> pidFiles = Files.newDirectoryStream(dir.resolve("run"), "*.pid")) {
      for (Path pidFile : pidFiles) {
        long pid = Long.parseLong(Files.readString(pidFile).strip().split("\\s+")[0]);
        ProcessHandle.of(pid)
            .ifPresent(
                server -> {
                  server.descendants().forEach(ProcessHandle::destroyForcibly);
                  server.destroyForcibly();
                });
      }
    }
    Files.deleteIfExists(upFile());
  }

  private Books books() throws IOException {
    PGSimpleDataSource owner = new PGSimpleDataSource();
    owner.setUrl(facts().getProperty("postgres"));
    owner.setUser("postgres");
    owner.setPassword(Files.readString(dir.resolve("keys").resolve("postgres.password")).strip());
    return new Books(owner);
  }

  @Test
  void losesAndDoublesNothing() throws Exception {
    up();
    List<Credential> voters = Credentials.in(DemoReferendum.roll(dir));
    Map<Integer, String> accepted = new HashMap<>();
    Crowd before;
    try (VotingClient client =
        new VotingClient(URI.create(facts().getProperty("url")), DemoReferendum.LAW_ID)) {
      before = new Crowd(client, voters, "crash");
      Thread arrivals = Thread.ofPlatform().start(() -> before.arrive(200, Duration.ofSeconds(20)));
      Await.until(
          Duration.ofSeconds(60),
          () -> before.accepted().size() > 600 || !arrivals.isAlive(),
          "six hundred have voted");
      killAll();
      arrivals.join();
    }
    accepted.putAll(before.accepted());
    assertThat(accepted.size()).as(before.toString()).isGreaterThan(500);

    up();
    try (VotingClient client =
        new VotingClient(URI.create(facts().getProperty("url")), DemoReferendum.LAW_ID)) {
      // Whoever got no answer asks again with the same key, and so does everybody else.
      Crowd again = new Crowd(client, voters, "crash");
      for (int voter = 0; voter < before.size(); voter++) {
        again.send(voter).join();
      }
      assertThat(again.refused()).isEmpty();
      assertThat(again.accepted()).hasSize(before.size()).containsAllEntriesOf(accepted);
      Books books = books();
      Set<String> ids = new HashSet<>(again.accepted().values());
      Await.until(
          Duration.ofSeconds(120),
          () ->
              books.withOutcome(ids, 2) == ids.size()
                  && books.envelopes() == 0
                  && books.ballots() == ids.size(),
          "every key is settled");
      assertThat(books.recordedVoteIds()).isEqualTo(ids);
      Map<String, Long> cast = new TreeMap<>();
      again.accepted().keySet().forEach(voter -> cast.merge(Crowd.choice(voter), 1L, Long::sum));
      assertThat(books.tally()).isEqualTo(cast).isEqualTo(books.recount());
    }
  }
}
