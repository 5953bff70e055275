package io.scrutin.bench;

import io.scrutin.election.Commands;
import io.scrutin.election.Election;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.FunctionUse;
import io.scrutin.standalone.Newcomer;
import io.scrutin.standalone.Progress;
import io.scrutin.standalone.Shape;
import io.scrutin.standalone.Standalone;
import io.scrutin.standalone.UpOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long it takes from nothing: of each function, and of a vote that finds everybody asleep. */
final class ColdStarts {
  private static final List<String> FUNCTIONS =
      List.of("submit", "verify", "dedup", "store", "tally", "results", "audit", "contests");

  private static final int ROUNDS = 5;
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration SETTLING_TIME = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
  private static final Duration HELD = Duration.ofSeconds(30);

  private final Path dir;
  private final PrintStream says;
  private final PrintWriter out;

  ColdStarts(Path dir, PrintStream says, PrintWriter out) {
    this.dir = dir;
    this.says = says;
    this.out = out;
  }

  ColdFound measure() throws Exception {
    try (Standalone system = start(new Shape.Asleep(IDLE))) {
      Election election =
          new Election(
              new Commands(system.surroundings(), out),
              dir.resolve("election"),
              dir.resolve("results"),
              new Election.Terms(
                  Bench.LAW_ID, 1_000, List.of("oui", "non"), "at-close", 100, SETTLING_TIME));
      List<Credential> roll = election.prepare();
      election.open();
      TimeUnit.MILLISECONDS.sleep(Measurement.SURELY_OPEN.toMillis());
      List<Long> firstVotes = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        awaitSleep(system);
        firstVotes.add(vote(system.url(), roll.get(round)));
        out.printf("  a vote that woke everybody: recorded after %,d ms%n", firstVotes.getLast());
      }
      awaitSleep(system);
      List<FunctionUse> wakes = system.use();
      Map<String, ColdFound.Start> starts = new LinkedHashMap<>();
      for (String function : FUNCTIONS) {
        starts.put(function, start(system, function));
      }
      return new ColdFound(starts, wakes, firstVotes);
    }
  }

  private Standalone start(Shape shape) throws Exception {
    UpOptions up = new UpOptions(0, dir, 1_000, shape, false, SETTLING_TIME, false);
    return Standalone.start(up, new Progress(says, false, Standalone.steps(up)));
  }

  private static ColdFound.Start start(Standalone system, String function) throws Exception {
    List<Long> millis = new ArrayList<>();
    List<Long> mebibytes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (Newcomer newcomer = system.startBeside(function)) {
        millis.add(newcomer.firstAnswer().toMillis());
        mebibytes.add(residentKibibytes(newcomer.pid()) / 1024);
      }
    }
    return new ColdFound.Start(millis, mebibytes);
  }

  private static long residentKibibytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static void awaitSleep(Standalone system) throws InterruptedException, IOException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!system.use().stream().allMatch(FunctionUse::asleep)) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("not every function fell asleep within " + LONGEST_WAIT);
      }
      Thread.sleep(100);
    }
  }

  /** Milliseconds until its voter knew that it is recorded. */
  private static long vote(URI origin, Credential voter) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(origin.resolve("/api/v1/vote"))
            .timeout(HELD.plusSeconds(30))
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=" + HELD.toSeconds())
            .POST(HttpRequest.BodyPublishers.ofString(voter.vote(Bench.LAW_ID, "oui")))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      long start = System.nanoTime();
      HttpResponse<String> answer = http.send(post, BodyHandlers.ofString());
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      if (!answer.body().contains("\"recorded\"")) {
        throw new IOException("the vote was answered " + answer.statusCode());
      }
      return millis;
    }
  }
}
