package io.scrutin.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.scrutin.console.Surroundings;
import io.scrutin.contest.Contests;
import io.scrutin.election.Commands;
import io.scrutin.election.Election;
import io.scrutin.event.Contest;
import io.scrutin.event.EventCodec;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A system is started, an election prepared, votes are driven into it; then the roofs. */
final class Measurement {
  /** After its opening: by more than the 5 s that a clock of submit may be off the broker's. */
  static final Duration SURELY_OPEN = Duration.ofSeconds(6);

  private Measurement() {}

  /**
   * @param roofLength how long each part alone is measured
   */
  static Found take(BenchOptions options, Duration roofLength, PrintWriter out) throws Exception {
    Contest contest;
    Path keys;
    VotePosts posts;
    Found found;
    try (BenchedSystem system =
        BenchedSystem.start(options.dir(), options.voters(), options.processes(), out)) {
      Surroundings surroundings = new Surroundings(system.surroundings());
      posts = VotePosts.of(openContest(system.surroundings(), options, out), Bench.LAW_ID);
      keys = Objects.requireNonNull(surroundings.path(Surroundings.PEPPER_FILE).getParent());
      Map<String, Long> named = new LinkedHashMap<>(system.processes());
      named.put(Watch.DRIVER, ProcessHandle.current().pid());
      try (Places places = new Places(surroundings)) {
        contest = contest(places);
        found = drive(options, places, system, named, posts, out);
      }
    }
    if (!options.roofs()) {
      return found;
    }
    Path roofs = Files.createDirectories(options.dir().resolve("roofs"));
    Map<Roof, Double> measured =
        new Roofs(roofs, roofLength, out).measure(new SubmitAlone(contest, keys, posts, roofs));
    return found.under(measured);
  }

  private static Path openContest(
      Map<String, String> surroundings, BenchOptions options, PrintWriter out) throws Exception {
    Path folder = options.dir().resolve("election");
    Election election =
        new Election(
            new Commands(surroundings, out),
            folder,
            options.dir().resolve("results"),
            new Election.Terms(
                Bench.LAW_ID,
                options.voters(),
                List.of("oui", "non"),
                "at-close",
                Bench.GROUP_SIZE,
                Duration.ofSeconds(10)));
    Path roll = election.prepareRoll();
    election.open();
    // Until then submit holds them back, and what is measured is that.
    TimeUnit.MILLISECONDS.sleep(SURELY_OPEN.toMillis());
    // Nobody posts these letters, and those of a nation are five gigabytes.
    Files.deleteIfExists(folder.resolve("mailing.csv"));
    return roll;
  }

  private static Contest contest(Places places) throws Exception {
    return new Contests(
            places.database("verify"), new EventCodec(), Clock.systemUTC(), System::nanoTime)
        .find(Bench.LAW_ID)
        .orElseThrow();
  }

  private static Found drive(
      BenchOptions options,
      Places places,
      BenchedSystem system,
      Map<String, Long> named,
      VotePosts posts,
      PrintWriter out)
      throws Exception {
    long rollBytes = redisBytes(places);
    try (Driver driver = new Driver(system.url());
        Watch watch = new Watch(places, named);
        Standstill standstill =
            new Standstill(places.surroundings(), system.pid(), options.dir())) {
      Bench bench = new Bench(places, driver, watch, posts, standstill, options.seed(), out);
      bench.run(options);
      Map<String, ProcessUse.Use> use = new ProcessUse().of(named);
      long redisBytes = redisBytes(places);
      return new Found(
          options,
          bench.trials(),
          watch.moments(),
          bench.accepted(),
          bench.balance(),
          Safeguards.off(places),
          use,
          new Found.Redis(rollBytes, redisBytes),
          Map.of());
    }
  }

  private static long redisBytes(Places places) {
    RedisClient client = RedisClient.create(places.surroundings().get(Surroundings.REDIS_URL));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return connection
          .sync()
          .info("memory")
          .lines()
          .filter(line -> line.startsWith("used_memory_dataset:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } finally {
      client.shutdown();
    }
  }
}
