package io.scrutin.bench;

import io.scrutin.books.Balance;
import io.scrutin.books.BookPlaces;
import io.scrutin.books.Books;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Votes against a system that runs: warm-up, search, proof, and what the books say of it. */
final class Bench {
  static final String LAW_ID = "bench";
  static final int GROUP_SIZE = 100;

  private static final double FIRST_RATE = 2_000;
  private static final Duration TRIAL = Duration.ofSeconds(8);
  private static final Duration PROOF = Duration.ofSeconds(20);

  /** A rate between two that differ by less is not worth another trial. */
  private static final double CLOSE_ENOUGH = 0.05;

  private static final double SAFETY = 0.97;

  /** What a nation votes at where no rate was said: with some room above it. */
  private static final double OF_THE_HIGHEST = 0.9;

  private static final int MOST_PROOFS = 6;
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

  /** A voter in so many waits for the outcome, as the page does; they show how long it takes. */
  private static final int EVERY_WAITS = 50;

  private final Places places;
  private final Driver driver;
  private final Watch watch;
  private final VotePosts posts;
  private final Standstill standstill;
  private final Random chance;
  private final PrintWriter out;
  private final List<Trial> trials = new ArrayList<>();
  private int nextVoter;

  Bench(
      Places places,
      Driver driver,
      Watch watch,
      VotePosts posts,
      Standstill standstill,
      long seed,
      PrintWriter out) {
    this.places = places;
    this.driver = driver;
    this.watch = watch;
    this.posts = posts;
    this.standstill = standstill;
    this.chance = new Random(seed);
    this.out = out;
  }

  /** The last trial is what the load comes to; those before it led there. */
  void run(BenchOptions options) throws Exception {
    out.println("  the first seconds after its start, and warming up");
    trial(
        options.firstPerSecond(),
        Arrivals.steady(options.firstPerSecond(), options.firstVotes(), chance));
    if (options.warmUpVotes() > 0) {
      trial(
          options.warmUpPerSecond(),
          Arrivals.steady(options.warmUpPerSecond(), options.warmUpVotes(), chance));
    }
    switch (options.load()) {
      case BenchOptions.Load.Highest _ -> prove(highest());
      case BenchOptions.Load.Steady steady ->
          trial(steady.perSecond(), steady(steady.perSecond(), steady.length()));
      case BenchOptions.Load.Nation nation -> {
        double rate = nation.perSecond() > 0 ? nation.perSecond() : highest() * OF_THE_HIGHEST;
        trial(rate, Arrivals.steady(rate, posts.voters() - nextVoter, chance));
      }
      case BenchOptions.Load.Day day -> {
        double mean = day.votes() / (day.length().toMillis() / 1e3);
        trial(mean, Arrivals.day(day.votes(), day.length(), chance));
      }
      case BenchOptions.Load.Backlog backlog -> drain(backlog.votes());
    }
  }

  /** All that were run, the warm-up first. */
  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** Between a rate that goes on and one that does not, closer and closer. */
  private double highest() throws Exception {
    double sustained = 0;
    double tooHigh = Double.MAX_VALUE;
    double rate = FIRST_RATE;
    // Compilers learn what a rush is like from the first one.
    trial(rate, steady(rate, TRIAL));
    while (tooHigh - sustained > CLOSE_ENOUGH * sustained && hasVoters(rate, TRIAL)) {
      Trial trial = trial(rate, steady(rate, TRIAL));
      if (trial.isSustained()) {
        sustained = rate;
      } else {
        tooHigh = rate;
      }
      rate = tooHigh == Double.MAX_VALUE ? sustained * 1.4 : (sustained + tooHigh) / 2;
    }
    return sustained > 0 ? sustained : FIRST_RATE;
  }

  private void prove(double highest) throws Exception {
    double rate = highest * SAFETY;
    Trial proof = trial(rate, steady(rate, PROOF));
    for (int i = 1; i < MOST_PROOFS && !proof.isSustained() && hasVoters(rate, PROOF); i++) {
      rate *= SAFETY * SAFETY;
      proof = trial(rate, steady(rate, PROOF));
    }
  }

  private boolean hasVoters(double perSecond, Duration length) {
    return nextVoter + perSecond * length.toSeconds() < posts.voters();
  }

  private Arrivals steady(double perSecond, Duration length) {
    return Arrivals.steady(
        perSecond, (int) Math.round(perSecond * length.toMillis() / 1e3), chance);
  }

  private Trial trial(double perSecond, Arrivals arrivals) throws Exception {
    Moment start = watch.now();
    DriverRun run = driver.start(arrivals, posts, nextVoter, EVERY_WAITS);
    watch.follow(run);
    nextVoter += arrivals.count();
    Moment end = awaitLastArrival(start, arrivals);
    Sent sent = answersOf(run);
    Moment settled = drained(start.tallied() + sent.accepted());
    List<Moment> moments =
        watch.moments().stream()
            .filter(m -> m.atNanos() >= start.atNanos() && m.atNanos() <= end.atNanos())
            .toList();
    Trial trial = new Trial(perSecond, sent, moments, settled);
    trials.add(trial);
    out.printf(
        "  %,7.0f/s: accepted %,7.0f/s, counted %,7.0f/s, answered p99 %,6.1f ms, backlog %+,6.0f/s, drained in %.1f s, driver %2.0f %% of a core%s%n",
        perSecond,
        trial.acceptedPerSecond(),
        trial.talliedPerSecond(),
        sent.answeredMillis(99),
        trial.growth(),
        trial.drainSeconds(),
        sent.driverShare() * 100,
        trial.isSustained() ? "" : " ✗");
    out.flush();
    return trial;
  }

  /** Of that trial the time counts in which nobody voted any more. */
  private void drain(int votes) throws Exception {
    long before = watch.now().tallied();
    Sent sent = standstill.pileUp(posts, nextVoter, votes, chance, watch);
    nextVoter += votes;
    Moment start = watch.now();
    standstill.end();
    Moment settled = drained(before + sent.accepted());
    trials.add(new Trial(Standstill.PER_SECOND, sent, List.of(start, settled), settled));
    out.printf(
        "  %,d votes that had piled up were counted in %.1f s%n",
        sent.accepted(), settled.secondsAfter(start));
  }

  private Moment awaitLastArrival(Moment start, Arrivals arrivals) throws Exception {
    long end = start.atNanos() + arrivals.length().toNanos();
    TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
    return watch.now();
  }

  private static Sent answersOf(DriverRun run) throws InterruptedException, IOException {
    try {
      return run.sent().get();
    } catch (ExecutionException broken) {
      throw new IOException("the driver broke off", broken.getCause());
    }
  }

  /** Less than a group always waits for the next votes. */
  private Moment drained(long votes) throws Exception {
    long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
    Moment now = watch.now();
    while (now.tallied() < votes - GROUP_SIZE && System.nanoTime() < end) {
      Thread.sleep(50);
      now = watch.now();
    }
    return now;
  }

  /**
   * The books as reconcile lays them out, once audit knows of every vote that was accepted: it
   * works beside those that count, and after a million at once it is behind them by some ten
   * seconds.
   */
  Balance balance() throws InterruptedException {
    try (Books books = Books.open(BookPlaces.from(places.surroundings()))) {
      long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
      Balance balance = books.balance(LAW_ID).orElseThrow();
      while (balance.votes().recorded() < accepted() && System.nanoTime() < end) {
        Thread.sleep(500);
        balance = books.balance(LAW_ID).orElseThrow();
      }
      return balance;
    }
  }

  long accepted() {
    return trials.stream().mapToLong(trial -> trial.sent().accepted()).sum();
  }
}
