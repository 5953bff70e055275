package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.servers.Signals;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real processes in replicas that are wedged, ended, replaced by a worse version or out of memory
 * while voters come; the commands are the runbook's. The last test closes the contest.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LivingWithFailureTest {
  private static final Logger LOG = LoggerFactory.getLogger(LivingWithFailureTest.class);

  /** Whatever is left to the redelivery timer is that old before anybody sees it again. */
  private static final Duration ACK_WAIT = Duration.ofSeconds(20);

  private static final Duration SETTLING = Duration.ofSeconds(2);
  private static final int RATE = 60;

  /** What whoever comes after the end is answered. */
  private static final int OVER = 409;

  @TempDir static Path dir;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> triggers =
        Map.of("TRIGGER_CALL_TIMEOUT", "4s", "TRIGGER_ACK_WAIT", ACK_WAIT.toString());
    cluster = new Cluster(dir, 20_000, SETTLING, triggers);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void whoIsWedgedIsFoundAndEndedAndHoldsUpVotesWithoutLosingOne() throws Exception {
    Runbook page = cluster.page("wedged.md");
    page.run("infra/wedged", Map.of()).well();
    Cluster.Arrivals votes = cluster.arriving(RATE);
    cluster.awaitArrivals(RATE);
    long recorded = cluster.books().participations();
    Map<String, Long> wedged = new LinkedHashMap<>();
    for (String name : List.of("store-1", "trigger-1")) {
      long pid = cluster.process(name).pid();
      Signals.send(pid, "STOP");
      wedged.put(name, pid);
    }
    Runbook.Said said = page.run("infra/wedged", Map.of());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text().lines())
        .containsExactlyElementsOf(
            wedged.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue() + " does not answer")
                .toList());
    Await.until(
        Cluster.PATIENCE,
        () -> cluster.books().participations() > recorded + 4 * RATE,
        "votes are recorded by the others meanwhile");
    votes.close();
    for (long pid : wedged.values()) {
      page.run("kill -KILL", Map.of("PID", Long.toString(pid))).well();
    }
    for (Map.Entry<String, Long> one : wedged.entrySet()) {
      replaced(one.getKey(), one.getValue());
    }
    page.run("infra/wedged", Map.of()).well();
    cluster.everythingAcceptedIsCountedOnce();
    assertThat(parked()).isZero();
  }

  private static void replaced(String name, long pid) throws Exception {
    Await.until(
        Cluster.PATIENCE,
        () -> cluster.process(name).pid() != pid,
        "another takes the place of " + name);
    cluster.process(name).awaitReady();
  }

  private static long parked() {
    return cluster.books().number("SELECT count(*) FROM audit.vote_audit WHERE step = 5");
  }

  @Test
  @Order(2)
  void sigtermFinishesWhatIsInHandAndLeavesNothingToTheRedeliveryTimer() throws Exception {
    Cluster.Arrivals votes = cluster.arriving(2 * RATE);
    Instant begun = Instant.now();
    cluster.awaitArrivals(RATE);
    for (String name : List.of("store-2", "trigger-2")) {
      long pid = cluster.process(name).pid();
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      long start = System.nanoTime();
      Signals.send(pid, "TERM");
      process.onExit().get(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      LOG.info("{} stopped under load in {} ms", name, (System.nanoTime() - start) / 1_000_000);
    }
    votes.close();
    cluster.everythingAcceptedIsCountedOnce();
    long oldestMillis = cluster.slowestMillis(begun);
    LOG.info("the vote that took longest took {} ms", oldestMillis);
    assertThat(oldestMillis).isBetween(1L, ACK_WAIT.toMillis() - 1);
    assertThat(parked()).isZero();
  }

  @Test
  @Order(3)
  void badReleasesAreRolledBackInTheMiddleOfTheVote() throws Exception {
    Runbook page = cluster.page("bad-release.md");
    Instant begun = Instant.now();
    // It commits, and then fails: what it did is done, and yet has to be answered by another.
    OtherRelease failing =
        OtherRelease.of(
            "store",
            dir.resolve("failing"),
            "functions/store/src/main/java/io/scrutin/store/RecordVotes.java",
            "standing.get(Voter.of(vote))",
            "standing.get(java.util.Objects.requireNonNull((Voter) null))");
    OtherRelease newer =
        OtherRelease.of(
            "store",
            dir.resolve("newer"),
            "shared/event/src/main/java/io/scrutin/event/EventType.java",
            "voting.vote.recorded.v1",
            "voting.vote.recorded.v2");
    List<FunctionProcess> bad =
        List.of(
            cluster.start("store-failing", "store", failing::command),
            cluster.start("store-newer", "store", newer::command));
    for (FunctionProcess process : bad) {
      cluster.takeIn("store", process);
    }
    Cluster.Arrivals votes = cluster.arriving(RATE);
    Await.until(
        Cluster.PATIENCE,
        () -> triggersSaid("status 500") && triggersSaid("unreadable"),
        "both are seen in the log");
    cluster.awaitArrivals(RATE);
    for (FunctionProcess process : bad) {
      assertThat(process.isAlive()).isTrue();
      cluster.turnsOf("store").leaveOut(process.url().getPort());
      page.run("kill -TERM", Map.of("PID", Long.toString(process.pid()))).well();
      process.onExit().get(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    votes.close();
    assertThat(page.run("grep -c", Map.of("NAME", "store-failing")).well().text()).isNotBlank();
    page.run("./scrutin parked list --open", Map.of()).well();
    page.run("./scrutin parked replay --all", Map.of()).well();
    cluster.everythingAcceptedIsCountedOnce();
    LOG.info("the slowest vote beside them took {} ms", cluster.slowestMillis(begun));
    assertThat(page.run("./scrutin parked list --open", Map.of()).text()).contains("Nothing is");
    Await.until(
        Cluster.PATIENCE,
        () -> page.run("./scrutin reconcile", Map.of()).text().contains("The books balance"),
        "the books balance");
  }

  private static boolean triggersSaid(String what) throws IOException {
    for (String trigger : List.of("trigger-1", "trigger-2")) {
      if (Files.readString(dir.resolve("logs").resolve(trigger + ".log")).contains(what)) {
        return true;
      }
    }
    return false;
  }

  @Test
  @Order(4)
  void outOfMemoryEndsAProcessWithoutADumpAndLosesNothing() throws Exception {
    List<FunctionProcess> small =
        List.of(
            cluster.start("store-heap", "store", SmallMemory::ofObjects),
            cluster.start("store-buffers", "store", SmallMemory::ofBuffers));
    for (FunctionProcess process : small) {
      cluster.takeIn("store", process);
    }
    Cluster.Arrivals votes = cluster.arriving(RATE);
    cluster.awaitArrivals(RATE);
    for (FunctionProcess process : small) {
      SmallMemory.flood(process.url());
      Process ended = process.onExit().get(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      cluster.turnsOf("store").leaveOut(process.url().getPort());
      assertThat(ended.exitValue()).as(process.name()).isEqualTo(SmallMemory.EXIT);
      assertThat(Files.readString(dir.resolve("logs").resolve(process.name() + ".log")))
          .contains("OutOfMemoryError");
    }
    votes.close();
    cluster.everythingAcceptedIsCountedOnce();
    assertThat(SmallMemory.dumps(dir)).isEmpty();
  }

  /** No store answers at the end, and Postgres is away when it comes. */
  @Test
  @Order(5)
  void aPollThatClosedWithABacklogCountsWhatCameInTimeAndNothingElse() throws Exception {
    Runbook page = cluster.page("backlog-at-closing.md");
    Map<String, String> law = Map.of("LAW", DemoReferendum.LAW_ID);
    List<KeptProcess> stores = Stream.of("store-1", "store-2").map(cluster::process).toList();
    for (KeptProcess store : stores) {
      Signals.send(store.pid(), "STOP");
    }
    long before = cluster.books().participations();
    page.here(List.of("./scrutin", "contest", "close", DemoReferendum.LAW_ID, "--margin", "20"))
        .well();
    Instant end = cluster.books().closesAt(DemoReferendum.LAW_ID);
    Cluster.Arrivals votes = cluster.arriving(20);
    cluster.awaitArrivals(20);
    cluster.postgres().stop();
    Await.until(
        Cluster.PATIENCE, () -> Instant.now().isAfter(end.plusSeconds(3)), "the end has come");
    assertThat(cluster.crowd().refused()).as("who was in time?").doesNotContainValue(OVER);
    cluster.postgres().restart();
    Await.until(
        Cluster.PATIENCE,
        () -> cluster.crowd().refused().containsValue(OVER),
        "the front door is closed");
    votes.close();
    assertThat(cluster.books().participations()).as("nobody records them").isEqualTo(before);
    assertThat(publish(page, law).text()).isNotBlank();
    assertThat(publish(page, law).status()).isEqualTo(1);
    assertThat(page.run("./scrutin reconcile", Map.of()).text()).doesNotContain(" 0 pending");
    page.run("./scrutin contest show", law).well();

    for (KeptProcess store : stores) {
      Signals.send(store.pid(), "KILL");
    }
    Set<String> ids = new HashSet<>(cluster.crowd().accepted().values());
    Await.until(
        Cluster.PATIENCE,
        () -> settled(ids, Crowd.RECORDED) + settled(ids, Crowd.REJECTED) == ids.size(),
        "each vote is judged");
    assertThat(stamped("<", Crowd.RECORDED)).isEqualTo(cluster.books().participations());
    assertThat(stamped(">=", Crowd.REJECTED)).isPositive();
    assertThat(stamped("<", Crowd.REJECTED) + stamped(">=", Crowd.RECORDED)).isZero();
    Await.until(Cluster.PATIENCE, () -> publish(page, law).status() == 0, "the result is final");
    assertThat(page.run("./scrutin reconcile", Map.of()).text()).contains("The books balance");
  }

  /** In a test nobody's vote is a minute away. */
  private static Runbook.Said publish(Runbook page, Map<String, String> law) {
    Map<String, String> places = new HashMap<>(law);
    places.put("FOLDER", dir.resolve("results").toString());
    List<String> words = new ArrayList<>(page.words("./scrutin contest publish", places));
    words.addAll(List.of("--settling", Long.toString(SETTLING.toSeconds())));
    return page.here(words);
  }

  private static long settled(Set<String> ids, int step) throws SQLException {
    return cluster.books().withOutcome(ids, step);
  }

  /** Votes with that outcome that came before the end, or from then on. */
  private static long stamped(String when, int step) {
    return cluster
        .books()
        .number(
            """
            SELECT count(*) FROM audit.vote_audit c JOIN audit.vote_audit o USING (law_id, vote_id)
            JOIN contests.contest k USING (law_id)
            WHERE c.step = 1 AND o.step = %d AND c.at %s k.closes_at
            """
                .formatted(step, when));
  }
}
