package io.scrutin.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TallyTableTest {
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final TallyTable table = new TallyTable(database.dataSource("results"));

  @Test
  void knowsWhetherAResultIsCertified() throws SQLException {
    Laws laws = new Laws(database);
    laws.open(Laws.contest("law-1", Visibility.AT_CLOSE, Laws.CLOSES));
    laws.count("law-1", "oui", 4);
    assertThat(table.read("law-1").certified()).isFalse();
    run(
        "INSERT INTO contests.publication VALUES ('law-1', '\\x7b7d', decode(repeat('00', 64), 'hex'))");
    Tally certified = table.read("law-1");
    assertThat(certified.certified()).isTrue();
    assertThat(certified.votes()).containsEntry("oui", 4L);
  }

  @Test
  void callsATallyCompleteOnceNoVoteIsOnItsWayAndNoEnvelopeWaits() throws SQLException {
    new Laws(database).open(Laws.contest("law-1", Visibility.AT_CLOSE, Laws.CLOSES));
    assertThat(table.read("law-1").complete()).as("votes are on their way").isFalse();
    run(
        "INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed)"
            + " VALUES ('law-1', decode(repeat('00', 16), 'hex'), 1, 'key-1', '\\x00')");
    run("UPDATE contests.contest SET drained_at = now()");
    assertThat(table.read("law-1").complete()).as("an envelope waits").isFalse();
    run("UPDATE store.envelope SET law_id = 'law-2'");
    assertThat(table.read("law-1").complete()).isTrue();
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
