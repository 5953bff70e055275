package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.contests.Change.Done;
import io.scrutin.contests.Change.Reason;
import io.scrutin.contests.Change.Refused;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ContestBookTest {
  private static final String WAITING =
      "SELECT count(*) FROM contests.outbox WHERE published_at IS NULL";

  private final BookFixture fixture = new BookFixture();
  private final ContestBook book = fixture.book;

  @Test
  void keepsAContestAsItWasMade() throws SQLException {
    ContestRow row = fixture.insert(ContestState.DRAFT);
    assertThat(book.find(Samples.LAW)).contains(row);
    assertThat(book.all()).containsExactly(row);
    assertThat(book.insert(row)).isFalse();
    assertThat(book.find("law-2")).isEmpty();
  }

  @Test
  void aChangeAndWhatTellsOfItAreWrittenTogether() throws SQLException {
    fixture.insert(ContestState.DRAFT);
    assertThat(fixture.open()).isInstanceOf(Done.class);
    assertThat(book.find(Samples.LAW).orElseThrow().state()).isEqualTo(ContestState.OPEN);
    assertThat(fixture.number(WAITING)).isEqualTo(1);
  }

  @Test
  void aChangeThatCannotBeToldOfIsNone() throws SQLException {
    fixture.insert(ContestState.DRAFT);
    fixture.run("REVOKE INSERT ON contests.outbox FROM scrutin_contests");
    assertThatThrownBy(fixture::open).isInstanceOf(SQLException.class);
    assertThat(book.find(Samples.LAW).orElseThrow().state()).isEqualTo(ContestState.DRAFT);
  }

  @Test
  void aRefusalChangesNothing() throws SQLException {
    assertThat(((Refused) fixture.open()).reason()).isEqualTo(Reason.UNKNOWN_LAW);
    ContestRow row = fixture.insert(ContestState.DRAFT);
    assertThat(((Refused) fixture.close()).reason()).isEqualTo(Reason.NEVER_OPENED);
    assertThat(book.find(Samples.LAW)).contains(row);
    assertThat(fixture.number(WAITING)).isZero();
  }

  @Test
  void aMarginDoesNotBeginBeforeItsChangeIsWritten() throws SQLException {
    ContestRow row = fixture.insert(ContestState.OPEN);
    assertThatThrownBy(
            () ->
                book.change(
                    Samples.LAW,
                    (known, now) -> ChangeContest.close(known, null, now, ChangeContest.MARGIN),
                    (_, _, _) -> fixture.pass(Duration.ofSeconds(3))))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("try again");
    assertThat(book.find(Samples.LAW)).contains(row);
  }

  @Test
  void oneOfFiftyOpensAndNobodyIsToldTwice() throws Exception {
    fixture.insert(ContestState.DRAFT);
    List<Change> changes = fiftyTimes(fixture::open);
    assertThat(changes).filteredOn(Done.class::isInstance).hasSize(1);
    assertThat(changes).filteredOn(Refused.class::isInstance).isEmpty();
    assertThat(fixture.number(WAITING)).isEqualTo(1);
  }

  @Test
  void oneOfFiftyClosingsHoldsAndItsEndIsTheOneToldOf() throws Exception {
    fixture.insert(ContestState.OPEN);
    List<Change> changes = fiftyTimes(fixture::close);
    assertThat(changes).filteredOn(Done.class::isInstance).hasSize(1);
    Done winner = (Done) changes.stream().filter(Done.class::isInstance).findFirst().orElseThrow();
    assertThat(book.find(Samples.LAW)).contains(winner.row());
    assertThat(fixture.outbox.publishWaiting()).isEqualTo(1);
    assertThat(fixture.published.getFirst().fact()).isEqualTo(winner.facts().getFirst());
  }

  @Test
  void fiftyWhoOpenAndCloseLoseNoEvent() throws Exception {
    fixture.insert(ContestState.DRAFT);
    List<Callable<Change>> mixed = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      mixed.add(fixture::open);
      mixed.add(fixture::close);
    }
    Collections.shuffle(mixed);
    long done = atOnce(mixed).stream().filter(Done.class::isInstance).count();
    assertThat(fixture.outbox.publishWaiting()).isEqualTo((int) done);
    assertThat(book.find(Samples.LAW).orElseThrow().state()).isEqualTo(ContestState.OPEN);
  }

  private static List<Change> fiftyTimes(Callable<Change> change) throws Exception {
    return atOnce(Collections.nCopies(50, change));
  }

  private static List<Change> atOnce(List<Callable<Change>> changes) throws Exception {
    List<Change> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
      for (Future<Change> change : threads.invokeAll(changes)) {
        results.add(change.get());
      }
    }
    return results;
  }
}
