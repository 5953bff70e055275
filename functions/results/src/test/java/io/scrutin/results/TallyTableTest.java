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
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement publish = connection.createStatement()) {
      publish.execute(
          "INSERT INTO contests.publication VALUES ('law-1', '\\x7b7d', decode(repeat('00', 64), 'hex'))");
    }
    Tally certified = table.read("law-1");
    assertThat(certified.certified()).isTrue();
    assertThat(certified.votes()).containsEntry("oui", 4L);
  }
}
