package io.scrutin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.console.Surroundings;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.EventType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconcileCommandTest {
  private static final String NOBODY_THERE = "127.0.0.1:9";

  @TempDir Path dir;
  private Election election;

  @BeforeEach
  void voted() throws Exception {
    election = new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600)).voted();
  }

  @AfterEach
  void closed() {
    election.close();
  }

  private Reconciled without(String name, String url) {
    Map<String, String> environment = new HashMap<>(election.environment());
    environment.put(name, url);
    return Reconciled.run(environment);
  }

  @Test
  void showsChoicesOnlyOnceTheContestShowsThem() throws Exception {
    try (Election atClose =
        new Election(dir, Visibility.AT_CLOSE, Instant.now().plusSeconds(3600)).voted()) {
      atClose.tables.sql("UPDATE tally.ballot_box SET choice = 'oui'; DELETE FROM tally.tally");
      Reconciled open = Reconciled.run(atClose.environment());
      assertThat(open.code()).isEqualTo(1);
      assertThat(open.text())
          .containsPattern("tally  +-  +the tally differs from a recount of the box")
          .doesNotContain("oui");
      atClose.tables.sql("UPDATE contests.contest SET closes_at = now()");
      assertThat(Reconciled.run(atClose.environment()).text())
          .containsPattern("tally  +oui  +the box has 9, the tally 0");
    }
  }

  @Test
  void saysWhenNothingCanChangeAnyMore() throws Exception {
    election.tables.sql(
        "DELETE FROM store.envelope; UPDATE contests.contest SET closes_at = now() + '1 ms';"
            + "INSERT INTO tally.ballot_box VALUES ('C-12', 'oui'), ('C-12', 'oui');"
            + "UPDATE tally.tally SET votes = 7 WHERE choice = 'oui'");
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.text()).contains("The books balance, and nothing can change any more.");
    assertThat(reconciled.code()).isZero();
  }

  @Test
  void saysTheSameAsJson() throws Exception {
    election.tables.sql("UPDATE tally.tally SET votes = 6 WHERE choice = 'oui'");
    Reconciled reconciled = Reconciled.run(election.environment(), "--json", "--law", "C-12");
    assertThat(reconciled.code()).isEqualTo(1);
    assertThat(reconciled.text().replaceAll("\\s", ""))
        .startsWith("{\"balances\":false,\"contests\":[{\"law_id\":\"C-12\"")
        .contains("\"recorded\":12,\"duplicated\":3,\"rejected\":2,\"pending\":0")
        .contains("{\"book\":\"tally\",\"id\":\"oui\",\"text\":\"theboxhas5,thetally6\"}");
  }

  @Test
  void letsTheTrailStandForCastsThatArePurged() throws Exception {
    election
        .streams
        .nats
        .connection()
        .jetStreamManagement()
        .purgeStream(election.streams.stream(EventType.VOTE_CAST));
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.text())
        .contains("audit's trail stands for 17 casts")
        .contains("17 cast: 12 recorded, 3 duplicate, 2 rejected, 0 pending, 0 parked, 0 lost");
    assertThat(reconciled.code()).isZero();
  }

  @Test
  void balancesWithoutRedisAndSaysSo() throws Exception {
    Reconciled reconciled = without(Surroundings.REDIS_URL, "redis://" + NOBODY_THERE);
    assertThat(reconciled.text())
        .contains("note: Redis is away: its index of the roll was not compared")
        .contains("The books balance, as far as they could be compared.");
    assertThat(reconciled.code()).isZero();
  }

  @Test
  void saysNothingOfBooksThatItCannotRead() throws Exception {
    Reconciled noBroker = without(Surroundings.NATS_URL, "nats://" + NOBODY_THERE);
    assertThat(noBroker.text()).contains("the broker cannot be asked");
    assertThat(noBroker.code()).isEqualTo(2);
    String url = "jdbc:postgresql://" + NOBODY_THERE + "/scrutin";
    Reconciled noDatabase = without(Surroundings.POSTGRES_URL, url);
    assertThat(noDatabase.text()).contains("Postgres cannot be asked");
    assertThat(noDatabase.code()).isEqualTo(2);
  }

  @Test
  void wantsToKnowWhereAndWhat() throws Exception {
    assertThat(Reconciled.run(Map.of()).code()).isEqualTo(2);
    assertThat(Reconciled.run(election.environment(), "--what").code()).isEqualTo(2);
    Reconciled unknown = Reconciled.run(election.environment(), "--law", "C-13");
    assertThat(unknown.text()).contains("there is no contest C-13");
    assertThat(unknown.code()).isEqualTo(2);
  }
}
