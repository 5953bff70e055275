package io.scrutin.contests;

import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.Contest;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A database of contests, a clock that is set, and a broker that may be away. */
final class BookFixture {
  final TestDatabase database = TestPostgres.freshDatabase();
  final EventCodec codec = new EventCodec();
  final List<Event> published = new ArrayList<>();
  private Instant now = Samples.OPENS.plusSeconds(3600);
  private int brokerTakes = Integer.MAX_VALUE;
  private boolean answerLost;

  final ContestBook.Time time = _ -> now;
  final ContestBook book = new ContestBook(database.dataSource("contests"), codec, time);
  final Outbox outbox = new Outbox(database.dataSource("contests"), codec, this::publish);

  void pass(Duration time) {
    now = now.plus(time);
  }

  void isNow(Instant moment) {
    now = moment;
  }

  Instant now() {
    return now;
  }

  void brokerTakes(int more) {
    brokerTakes = more;
  }

  /** The broker has the event, and its answer does not arrive. */
  void brokerLosesItsAnswer(boolean loses) {
    answerLost = loses;
  }

  private synchronized CompletableFuture<Void> publish(Event event) {
    if (brokerTakes == 0) {
      return CompletableFuture.failedFuture(away());
    }
    brokerTakes--;
    published.add(event);
    return answerLost
        ? CompletableFuture.failedFuture(away())
        : CompletableFuture.completedFuture(null);
  }

  private static BrokerRefused away() {
    return new BrokerRefused(BrokerRefused.Why.AWAY, "a test");
  }

  ContestRow insert(ContestState state) throws SQLException {
    return insert(Samples.LAW, state, Samples.OPENS, Samples.CLOSES);
  }

  ContestRow insert(String law, ContestState state, Instant opens, Instant closes)
      throws SQLException {
    Contest contest = Samples.contest(law, opens, closes);
    ContestRow row = new ContestRow(contest, state);
    book.insert(row);
    return row;
  }

  Change open() throws SQLException {
    return book.change(Samples.LAW, ChangeContest::open);
  }

  Change close() throws SQLException {
    return book.change(
        Samples.LAW, (row, at) -> ChangeContest.close(row, null, at, ChangeContest.MARGIN));
  }

  void run(String sql) throws SQLException {
    database.run(sql);
  }

  long number(String sql) throws SQLException {
    return database.number(sql);
  }
}
