package io.scrutin.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The job, on a real Postgres and an API server that keeps what it is given. */
final class DoorkeeperCommandTest {
  private static final Contests CONTESTS = new Contests();
  private static final Map<String, String> WARM = Map.of(KnativeDoors.WARM_SCALE, "4");
  private static final Map<String, String> KEPT =
      Map.of(KnativeDoors.MIN_SCALE, "4", KnativeDoors.WARMED_TO, "4");
  private static final int CHANGES = 5;

  private final ApiServer api = new ApiServer();
  private Map<String, String> environment =
      Map.of("SCRUTIN_POSTGRES_URL", CONTESTS.url(), "SCRUTIN_NAMESPACE", ApiServer.NAMESPACE);

  private record Run(int code, List<String> out, List<String> err) {}

  private Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new DoorkeeperCommand(environment, api::client, new PrintWriter(out), new PrintWriter(err))
            .run(Arrays.asList(arguments));
    return new Run(code, out.toString().lines().toList(), err.toString().lines().toList());
  }

  @BeforeEach
  void functions() throws Exception {
    CONTESTS.none();
    api.function("verify", WARM, Map.of("autoscaling.knative.dev/max-scale", "40"));
    api.function("store", WARM, Map.of());
    api.function("contests", Map.of(), Map.of());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void opensReleasesAndClosesOnceEach() throws Exception {
    assertThat(run()).isEqualTo(new Run(0, List.of(), List.of()));
    CONTESTS.add("law", "open", "9 min", "1 day");
    assertThat(run().out())
        .containsExactly(
            "heartbeat-contests: started, for law",
            "heartbeat-tally: started, for law",
            "heartbeat-reconcile: started, for law",
            "store: kept at 4 replicas, for law",
            "verify: kept at 4 replicas, for law");
    Map<String, String> versions = api.versions();
    assertThat(run()).isEqualTo(new Run(0, List.of(), List.of()));
    assertThat(api.versions()).isEqualTo(versions);

    CONTESTS.change("opens_at = now() - '1 day'::interval, closes_at = now() - '6 min'::interval");
    assertThat(run().out())
        .containsExactly("store: released, it may sleep", "verify: released, it may sleep");
    CONTESTS.change("state = 'published'");
    assertThat(run().out()).hasSize(3).allMatch(line -> line.endsWith("stopped, nothing needs it"));
    assertThat(api.sourceNames()).isEmpty();
    assertThat(run()).isEqualTo(new Run(0, List.of(), List.of()));
  }

  @Test
  void makesWhatItSaysAndLeavesAllElseOfAService() throws Exception {
    var before = api.service("verify").getSpec().getTemplate().getSpec();
    CONTESTS.add("law", "open", "-1 min", "1 day");
    run();
    assertThat(api.template("verify"))
        .containsAllEntriesOf(KEPT)
        .containsEntry("autoscaling.knative.dev/max-scale", "40");
    assertThat(api.service("verify").getSpec().getTemplate().getSpec()).isEqualTo(before);
    assertThat(api.template("contests")).isEmpty();
    assertThat(api.sources())
        .allSatisfy(
            source ->
                assertThat(HeartbeatSource.found(source))
                    .matches(found -> found.ours() && found.current()));
    CONTESTS.none();
    run();
    assertThat(api.template("verify"))
        .containsExactly(Map.entry("autoscaling.knative.dev/max-scale", "40"));
  }

  /** Each change breaks, before it takes hold and after, at opening and at closing. */
  @Test
  void goesOnInTheNextMinuteWhereItWasCutOff() throws Exception {
    for (int write = 1; write <= CHANGES; write++) {
      for (boolean takesHold : new boolean[] {false, true}) {
        CONTESTS.add("law", "open", "-1 min", "1 day");
        cutOff(write, takesHold);
        assertThat(api.sourceNames()).hasSize(Heartbeat.values().length);
        assertThat(List.of(api.template("verify"), api.template("store")))
            .allSatisfy(template -> assertThat(template).containsAllEntriesOf(KEPT));
        CONTESTS.none();
        cutOff(write, takesHold);
        assertThat(api.sourceNames()).isEmpty();
        assertThat(api.template("store")).isEmpty();
        assertThat(api.template("verify")).doesNotContainKeys(KEPT.keySet().toArray(String[]::new));
      }
    }
  }

  private void cutOff(int write, boolean takesHold) {
    api.breaksAt(write, takesHold);
    Run cut = run();
    assertThat(cut.code()).isEqualTo(1);
    // One that is not done stops no other.
    assertThat(cut.out()).hasSize(CHANGES - 1);
    assertThat(cut.err()).singleElement().asString().contains("API server answered 500, not so");
    api.holdsAgain();
    Run next = run();
    assertThat(next.code()).isZero();
    // What took hold unseen is not done, or told, again.
    assertThat(next.out()).hasSize(takesHold ? 0 : 1);
  }

  @Test
  void changesNothingWhileItCannotReadWhenContestsAre() throws Exception {
    CONTESTS.add("law", "open", "-1 min", "1 day");
    run();
    Map<String, String> versions = api.versions();
    environment =
        Map.of("SCRUTIN_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:9/scrutin?user=scrutin");
    Run blind = run();
    assertThat(blind.code()).isEqualTo(1);
    assertThat(blind.out()).isEmpty();
    assertThat(blind.err()).singleElement().asString().contains("nothing was changed");
    assertThat(api.versions()).isEqualTo(versions);
  }

  @Test
  void saysInOneLineThatTheApiServerIsAway() throws Exception {
    CONTESTS.add("law", "open", "-1 min", "1 day");
    try (var gone = api.client()) {
      api.close();
      StringWriter err = new StringWriter();
      int code =
          new DoorkeeperCommand(environment, () -> gone, new PrintWriter(err), new PrintWriter(err))
              .run(List.of());
      assertThat(code).isEqualTo(1);
      assertThat(err.toString().lines()).hasSize(1);
    }
  }

  @Test
  void neverTouchesWhatItDidNotMake() throws Exception {
    api.function("tally", WARM, Map.of(KnativeDoors.MIN_SCALE, "6"));
    var backup = HeartbeatSource.of(Heartbeat.TALLY, ApiServer.NAMESPACE);
    backup.getMetadata().setName("backup");
    backup.getMetadata().setLabels(Map.of("scrutin.io/made-by", "hand"));
    api.source(backup);
    Map<String, String> versions = api.versions();
    assertThat(run().out()).isEmpty();
    CONTESTS.add("law", "open", "-1 min", "1 day");
    assertThat(run().code()).isZero();
    CONTESTS.none();
    run();
    assertThat(api.versions())
        .containsAllEntriesOf(
            Map.of(
                "PingSource backup", versions.getOrDefault("PingSource backup", ""),
                "Service tally", versions.getOrDefault("Service tally", "")));
  }

  @Test
  void goesOnWithTheOthersWhereOneIsInTheWay() throws Exception {
    var theirs = HeartbeatSource.of(Heartbeat.TALLY, ApiServer.NAMESPACE);
    theirs.getMetadata().setLabels(Map.of());
    theirs.getSpec().setSchedule("0 * * * *");
    api.source(theirs);
    CONTESTS.add("law", "open", "-1 min", "1 day");
    Run run = run();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).singleElement().asString().contains("heartbeat-tally");
    assertThat(run.out()).hasSize(CHANGES - 1);
  }

  @Test
  void warmsFunctionsWhereThereIsNoEventing() throws Exception {
    CONTESTS.add("law", "open", "-1 min", "1 day");
    api.isWithout("pingsources");
    Run run = run();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .containsExactly(
            "store: kept at 4 replicas, for law", "verify: kept at 4 replicas, for law");
    assertThat(run.err()).singleElement().asString().contains("does not list PingSources");
  }

  @Test
  void startsHeartbeatsWhereServicesCannotBeListed() throws Exception {
    CONTESTS.add("law", "open", "-1 min", "1 day");
    api.isWithout("services");
    Run run = run();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).hasSize(Heartbeat.values().length).allMatch(o -> o.contains("started"));
    assertThat(run.err()).singleElement().asString().contains("does not list Services");
  }

  @Test
  void asksForNoMoreThanItsRoleAllows() throws Exception {
    var older = HeartbeatSource.of(Heartbeat.TALLY, ApiServer.NAMESPACE);
    older.getSpec().setSchedule("0 * * * *");
    api.source(older);
    CONTESTS.add("law", "open", "-1 min", "1 day");
    api.asked().clear();
    run();
    CONTESTS.none();
    run();
    assertThat(api.asked())
        .containsExactlyInAnyOrder(
            "GET pingsources",
            "POST pingsources",
            "PUT one of pingsources",
            "DELETE one of pingsources",
            "GET services",
            // The client reads what it patches.
            "GET one of services",
            "PATCH one of services");
  }

  @Test
  void refusesToChangeWhatHasChangedSinceItWasLookedAt() throws Exception {
    CONTESTS.add("law", "open", "-1 min", "1 day");
    List<Change> changes = KeepDoors.decide(CONTESTS.timetable(), api.doors().look()).changes();
    var service = api.service("verify");
    service.getMetadata().getAnnotations().put("new", "value");
    api.update(service);
    assertThat(changes.stream().filter(change -> api.doors().make(change).isPresent()))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Warm.class, warm -> assertThat(warm.function()).isEqualTo("verify"));
    assertThat(api.template("verify")).doesNotContainKey(KnativeDoors.MIN_SCALE);
    assertThat(run().out()).containsExactly("verify: kept at 4 replicas, for law");
  }

  @Test
  void releasesNothingThatHasChangedSinceItWasLookedAt() throws Exception {
    CONTESTS.add("law", "open", "-1 min", "1 day");
    run();
    CONTESTS.none();
    List<Change> changes = KeepDoors.decide(CONTESTS.timetable(), api.doors().look()).changes();
    var service = api.service("verify");
    service.getMetadata().getAnnotations().put("new", "value");
    api.update(service);
    assertThat(changes.stream().filter(change -> api.doors().make(change).isPresent()))
        .singleElement()
        .isInstanceOf(Change.Release.class);
    assertThat(run().out()).containsExactly("verify: released, it may sleep");
  }

  @Test
  void wakesContestsForWhatIsStillToBeAnnounced() throws Exception {
    CONTESTS.decideSomethingUntold();
    run();
    assertThat(api.sourceNames()).containsExactly("heartbeat-contests");
    CONTESTS.tellIt();
    run();
    assertThat(api.sourceNames()).isEmpty();
  }

  @Test
  void triesWithoutDoing() throws Exception {
    CONTESTS.add("law", "open", "-1 min", "1 day");
    Map<String, String> versions = api.versions();
    Run dry = run("--dry-run");
    assertThat(dry.code()).isZero();
    assertThat(dry.out()).hasSize(CHANGES).allMatch(line -> line.startsWith("would be "));
    assertThat(api.versions()).isEqualTo(versions);
  }

  @Test
  void saysHowItIsUsed() {
    assertThat(run("--what").code()).isEqualTo(2);
    environment = Map.of();
    Run nowhere = run();
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).singleElement().asString().startsWith("usage: doorkeeper");
  }
}
