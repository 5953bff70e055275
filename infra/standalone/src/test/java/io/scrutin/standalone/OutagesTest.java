package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One system, asked to keep its promises while parts of it are away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutagesTest {
  private static final Duration SETTLING = Duration.ofSeconds(90);

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;
  private static Books books;
  private static Crowd crowd;
  private static int arrivedBefore;

  @BeforeEach
  void rememberHowManyCame() {
    arrivedBefore = crowd.size();
  }

  @BeforeAll
  static void start() throws Exception {
    system = Started.on(dir, 60_000, new Shape.Together());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    books = new Books(system.servers().owner());
    crowd = new Crowd(client, system.voters(), "run");
  }

  @AfterAll
  static void stop() {
    client.close();
    system.close();
  }

  private static long parked() {
    return books.number("SELECT count(*) FROM audit.vote_audit WHERE step = 5");
  }

  /** Every vote that was answered 202 is recorded, exactly once, and counted as it was cast. */
  private static void everythingAcceptedIsCountedOnce() throws SQLException {
    Map<Integer, String> accepted = crowd.accepted();
    crowd.isCountedAsCast(books, SETTLING);
    assertThat(Set.copyOf(accepted.values())).hasSize(accepted.size());
    assertThat(books.participations()).isEqualTo(accepted.size());
    assertThat(parked()).isZero();
  }

  /** Numbers and truths in YAML would be ignored by the pool: the driver is given text alone. */
  @Test
  @Order(0)
  void noFunctionWaitsForAPostgresThatFellSilent() throws Exception {
    OneProcess functions = (OneProcess) system.functions();
    Collection<DataSource> pools = functions.context().getBeansOfType(DataSource.class);
    assertThat(pools).hasSizeGreaterThan(6);
    for (DataSource pool : pools) {
      try (var connection = pool.getConnection()) {
        assertThat(connection.getNetworkTimeout()).isBetween(1_000, 60_000);
      }
    }
  }

  @Test
  @Order(1)
  void keepsUpWith500VotesASecondForAMinute() throws Exception {
    crowd.arrive(500, Duration.ofSeconds(60));
    assertThat(crowd.refused()).isEmpty();
    assertThat(crowd.unanswered()).isZero();
    // It keeps up when no backlog is left to work off: a few batches' time, not a minute.
    Await.until(
        Duration.ofSeconds(10),
        () -> books.ballots() == crowd.size(),
        "all votes are counted soon after the last one came");
    everythingAcceptedIsCountedOnce();
  }

  @Test
  @Order(2)
  void refusesAndDoublesNobodyWhileRedisIsFlushedAndThenAway() throws Exception {
    Future<?> votes = arriving(200, Duration.ofSeconds(15));
    awaitArrivals(500);
    RedisCommands.flushAll(system.servers().redis().url());
    awaitArrivals(1_000);
    system.servers().redis().stop();
    awaitArrivals(2_000);
    system.servers().redis().restart();
    votes.get();
    assertThat(crowd.refused()).isEmpty();
    assertThat(crowd.unanswered()).isZero();
    everythingAcceptedIsCountedOnce();
  }

  @Test
  @Order(3)
  void recordsEverythingAfterPostgresWasAwayForThirtySeconds() throws Exception {
    Future<?> votes = arriving(100, Duration.ofSeconds(40));
    awaitArrivals(200);
    system.servers().postgres().stop();
    awaitArrivals(3_200);
    system.servers().postgres().restart();
    votes.get();
    assertThat(crowd.refused()).isEmpty();
    assertThat(crowd.unanswered()).isZero();
    everythingAcceptedIsCountedOnce();
  }

  private static Future<?> arriving(int votesPerSecond, Duration duration) {
    FutureTask<Boolean> arrivals =
        new FutureTask<>(() -> crowd.arrive(votesPerSecond, duration), true);
    Thread.ofPlatform().daemon().name("crowd").start(arrivals);
    return arrivals;
  }

  private static void awaitArrivals(int more) {
    int target = arrivedBefore + more;
    Await.until(SETTLING, () -> crowd.size() >= target, more + " voters have come");
  }
}
