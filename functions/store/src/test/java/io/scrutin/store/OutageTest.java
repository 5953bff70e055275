package io.scrutin.store;

import static io.scrutin.store.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.scrutin.event.Event;
import io.scrutin.event.VoteRecorded;
import io.scrutin.step.Reply;
import io.scrutin.step.StepRunner;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutageTest {
  @Test
  void waitsWhilePostgresIsAwayAndRecordsAfter() {
    try (TestPostgres.Own postgres = TestPostgres.own()) {
      StoreVotes store = new StoreVotes(new BallotStore(postgres.database().dataSource("store")));
      StepRunner runner = new StepRunner(store, Clock.systemUTC());
      List<Event> batch = List.of(Event.first(vote(1, 10), "test", Instant.now(), null));

      postgres.server().kill();
      assertThat(runner.run(batch)).isInstanceOf(Reply.Away.class);

      postgres.server().restart();
      Await.until(() -> runner.run(batch) instanceof Reply.Answers, "Postgres answers again");
      assertThat(runner.run(batch))
          .isInstanceOfSatisfying(
              Reply.Answers.class,
              answers ->
                  assertThat(answers.events().getFirst().fact()).isInstanceOf(VoteRecorded.class));
    }
  }

  /** With a pool, as in service: what a broken connection of one says when it is asked again. */
  @Test
  void isAwayAndNotBrokenWhenPostgresEndsItInTheMiddleOfABatch() throws Exception {
    TestDatabase database = TestPostgres.freshDatabase();
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(database.dataSource("store"));
    try (HikariDataSource source = new HikariDataSource(pool);
        Connection owner = database.ownerDataSource().getConnection();
        Statement statement = owner.createStatement()) {
      StoreVotes store = new StoreVotes(new BallotStore(source));
      StepRunner runner = new StepRunner(store, Clock.systemUTC());
      List<Event> batch = List.of(Event.first(vote(1, 10), "test", Instant.now(), null));
      owner.setAutoCommit(false);
      statement.execute("LOCK TABLE store.participation");
      CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> runner.run(batch));
      Await.until(() -> count(statement, ENDED) > 0, "it was ended while it waited for the lock");
      assertThat(reply.get(30, TimeUnit.SECONDS)).isInstanceOf(Reply.Away.class);
    }
  }

  private static final String ENDED =
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'
      """;

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
