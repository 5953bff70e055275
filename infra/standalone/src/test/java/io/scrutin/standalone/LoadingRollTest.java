package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.contests.ContestCommand;
import io.scrutin.hashgen.HashgenCommand;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.testing.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes come while the roll that they are looked up in is still being loaded. */
class LoadingRollTest {
  private static final String LAW = "loading-2026";
  private static final int VOTERS = 60_000;

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;

  @BeforeAll
  static void start() throws Exception {
    system =
        Standalone.start(
            new UpOptions(0, dir, VOTERS, new Shape.Together(), false, UpOptions.SETTLING_TIME),
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
    openContest();

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
    assertThat(books.number("SELECT count(*) FROM audit.vote_audit WHERE step = 4")).isZero();
  }

  private static void openContest() {
    contest(
        "create",
        "--law",
        LAW,
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
    contest("open", LAW);
    Await.until(
        () -> client.get("/api/v1/contests").body().contains(LAW), "submit knows the contest");
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
