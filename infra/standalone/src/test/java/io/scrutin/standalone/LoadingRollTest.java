package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.contests.ContestCommand;
import io.scrutin.hashgen.HashgenCommand;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.testing.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes come while the roll that they are looked up in is still being loaded. */
class LoadingRollTest {
  private static final String LAW = "loading-2026";
  private static final String HALF = "half-2026";
  private static final int VOTERS = 60_000;

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;

  @BeforeAll
  static void start() throws Exception {
    system =
        Standalone.start(
            new UpOptions(
                0, dir, VOTERS, new Shape.Together(), false, UpOptions.SETTLING_TIME, false),
            Started.quietly());
    client = new VotingClient(system.url(), LAW);
  }

  @AfterAll
  static void stop() {
    client.close();
    system.close();
  }

  @Test
  void refusesNobodyWhileTheRollIsLoading() throws Exception {
    Path nas = dir.resolve("nas.csv");
    Credentials.writeInventedNas(nas, VOTERS);
    Path folder = dir.resolve("roll");
    hashgen("issue", "--law", LAW, "--nas", nas.toString(), "--out", folder.toString());
    Path roll = folder.resolve("roll.csv");
    hashgen("generate", "--in", roll.toString(), "--out", folder.toString());
    openContest(LAW);

    // In no order, so that who is loaded first has nothing to do with who votes first.
    List<Credential> voters = new java.util.ArrayList<>(Credentials.in(roll));
    Collections.shuffle(voters, new Random(1));
    Crowd crowd = new Crowd(client, voters, "loading");
    Thread arrivals = Thread.ofPlatform().start(() -> crowd.arrive(150, Duration.ofSeconds(8)));
    Await.until(() -> crowd.size() > 150, "some vote before there is any roll");
    hashgen("load", "--in", folder.resolve(LAW).toString());
    assertThat(arrivals.isAlive()).as("votes came throughout").isTrue();
    arrivals.join();

    assertThat(crowd.refused()).isEmpty();
    assertThat(crowd.unanswered()).isZero();
    Books books = new Books(system.servers().owner());
    HashSet<String> ids = new HashSet<>(crowd.accepted().values());
    Await.until(
        Duration.ofSeconds(60),
        () -> books.withOutcome(ids, 2) == crowd.size(),
        "all who voted are recorded");
    assertThat(
            books.number(
                "SELECT count(*) FROM audit.vote_audit WHERE step = 4 AND law_id = '" + LAW + "'"))
        .isZero();
  }

  /** The runbook's page on a load that ended half way, from the kill on. */
  @Test
  void refusesNobodyWhileARollIsHalfLoadedAndAllOnceItIsLoadedAgain() throws Exception {
    Path folder = dir.resolve("half");
    Files.createDirectories(folder);
    Path nas = folder.resolve("nas.csv");
    Credentials.writeInventedNas(nas, 30_000);
    hashgen("issue", "--law", HALF, "--nas", nas.toString(), "--out", folder.toString());
    Path roll = folder.resolve("roll.csv");
    String shards = "600";
    hashgen(
        "generate", "--in", roll.toString(), "--out", folder.toString(), "--shard-size", shards);
    openContest(HALF);
    Map<String, String> rolls = Map.of("ROLLS", folder.resolve(HALF).toString());
    Runbook page = new Runbook("roll.md", dir, system.surroundings());
    Books books = new Books(system.servers().owner());

    killInTheMiddle(page.words("./scrutin hashgen load", rolls), books);
    assertThat(page.run("./scrutin hashgen verify", rolls).status()).isEqualTo(1);
    List<Credential> voters = new java.util.ArrayList<>(Credentials.in(roll));
    Collections.shuffle(voters, new Random(2));
    Credential stranger = new Credential(voters.getLast().nas(), voters.getFirst().code());
    try (VotingClient half = new VotingClient(system.url(), HALF)) {
      Crowd crowd = new Crowd(half, voters, "half");
      crowd.arrive(150, Duration.ofSeconds(2));
      String strangers = half.vote(stranger, "oui", "stranger").join().requestId().orElseThrow();
      HashSet<String> ids = new HashSet<>(crowd.accepted().values());
      assertThat(ids).hasSize(crowd.size());
      Await.until(() -> books.withOutcome(ids, 2) > 0, "who is loaded already is recorded");
      assertThat(books.withOutcome(ids, 2)).as("and who is not waits").isLessThan(ids.size());
      assertThat(books.number(REFUSED)).as("not even a stranger is refused").isZero();

      page.run("./scrutin hashgen load", rolls).well();
      page.run("./scrutin hashgen verify", rolls).well();
      Await.until(
          Duration.ofSeconds(90),
          () -> books.withOutcome(ids, 2) == ids.size(),
          "all who voted are recorded");
      Await.until(
          Duration.ofSeconds(90),
          () -> books.withOutcome(java.util.Set.of(strangers), 4) == 1,
          "who is on no roll is told so now");
      assertThat(books.number(REFUSED)).isEqualTo(1);
    }
  }

  private static final String REFUSED =
      "SELECT count(*) FROM audit.vote_audit WHERE step = 4 AND law_id = '" + HALF + "'";

  /** As a process of its own, which is killed as soon as some of its shards are in. */
  private static void killInTheMiddle(List<String> command, Books books) throws Exception {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dscrutin.root=" + System.getProperty("scrutin.root"),
            "-cp",
            System.getProperty("java.class.path"),
            "io.scrutin.standalone.Main");
    List<String> words = new java.util.ArrayList<>(java);
    words.addAll(command.subList(1, command.size()));
    words.addAll(List.of("--dir", dir.toString()));
    Process load =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("load.out").toFile())
            .start();
    String loaded =
        "SELECT count(*) FROM roll.shard s JOIN roll.roll r ON s.roll = r.number"
            + " WHERE r.law_id = '"
            + HALF
            + "'";
    Await.until(
        () -> books.number(loaded) >= 3 || !load.isAlive(), "some of its shards are loaded");
    load.destroyForcibly().waitFor();
    assertThat(books.number(loaded)).isBetween(3L, 40L);
  }

  private static void openContest(String law) {
    contest(
        "create",
        "--law",
        law,
        "--title-fr",
        "Essai",
        "--title-en",
        "Trial",
        "--question-fr",
        "Oui ou non ?",
        "--question-en",
        "Yes or no?",
        "--choice",
        "oui=Oui|Yes",
        "--choice",
        "non=Non|No",
        "--opens",
        "now",
        "--closes",
        "PT1H",
        "--policy",
        "at-close",
        "--group-size",
        "100");
    contest("open", law);
    Await.until(
        () -> client.get("/api/v1/contests").body().contains(law), "submit knows the contest");
  }

  private static void hashgen(String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int status = HashgenCommand.run(List.of(arguments), system.surroundings(), out, out);
    assertThat(status).as(said.toString()).isZero();
  }

  private static void contest(String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int status = ContestCommand.run(List.of(arguments), system.surroundings(), out, out);
    assertThat(status).as(said.toString()).isZero();
  }
}
