package io.scrutin.doorkeeper;

import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.sql.SQLException;

/** The tables that doorkeeper reads, in a Postgres. */
final class Contests {
  private final TestDatabase database = TestPostgres.freshDatabase();

  String url() {
    return database.jdbcUrl() + "?user=scrutin_doorkeeper";
  }

  /**
   * @param opens from now, as Postgres writes an interval
   */
  void add(String law, String state, String opens, String closes) throws SQLException {
    database.run(
        "INSERT INTO contests.contest (law_id, definition, opens_at, closes_at, state) VALUES ('%s', '{}', now() + '%s'::interval, now() + '%s'::interval, '%s')"
            .formatted(law, opens, closes, state));
  }

  void change(String what) throws SQLException {
    database.run("UPDATE contests.contest SET " + what);
  }

  void decideSomethingUntold() throws SQLException {
    database.run("INSERT INTO contests.outbox (event) VALUES ('{\"id\": \"e\"}')");
  }

  void tellIt() throws SQLException {
    database.run("UPDATE contests.outbox SET published_at = now()");
  }

  void none() throws SQLException {
    database.run("TRUNCATE contests.contest, contests.outbox CASCADE");
  }

  Timetable timetable() throws SQLException {
    return ReadTimetable.from(database.dataSource("doorkeeper"));
  }
}
