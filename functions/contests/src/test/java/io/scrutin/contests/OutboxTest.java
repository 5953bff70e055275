package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final String WAITING =
      "SELECT count(*) FROM contests.outbox WHERE published_at IS NULL";

  private final BookFixture fixture = new BookFixture();
  private final Outbox outbox = fixture.outbox;

  private void openAndClose() throws SQLException {
    fixture.insert(ContestState.DRAFT);
    fixture.open();
    fixture.close();
  }

  @Test
  void tellsInOrderAndOnce() throws SQLException {
    openAndClose();
    assertThat(outbox.publishWaiting()).isEqualTo(2);
    assertThat(outbox.publishWaiting()).isZero();
    assertThat(fixture.published)
        .extracting(event -> (Object) event.fact().getClass())
        .containsExactly(ContestOpened.class, ContestClosed.class);
  }

  @Test
  void keepsWhatABrokerThatIsAwayDidNotTake() throws SQLException {
    openAndClose();
    fixture.brokerTakes(1);
    assertThatThrownBy(outbox::publishWaiting).isInstanceOf(BrokerRefused.class);
    assertThat(fixture.number(WAITING)).isEqualTo(1);
    fixture.brokerTakes(9);
    assertThat(outbox.publishWaiting()).isEqualTo(1);
    assertThat(fixture.published).hasSize(2);
  }

  @Test
  void tellsAgainUnderTheSameIdWhatTheBrokerTookWithoutSayingSo() throws SQLException {
    openAndClose();
    fixture.brokerLosesItsAnswer(true);
    assertThatThrownBy(outbox::publishWaiting).isInstanceOf(BrokerRefused.class);
    fixture.brokerLosesItsAnswer(false);
    outbox.publishWaiting();
    assertThat(fixture.published).hasSize(3);
    assertThat(fixture.published.get(1)).isEqualTo(fixture.published.get(0));
  }

  @Test
  void tellsAgainWhatWasPublishedAndNotMarked() throws SQLException {
    openAndClose();
    fixture.run("REVOKE UPDATE ON contests.outbox FROM scrutin_contests");
    fixture.run("GRANT UPDATE (event) ON contests.outbox TO scrutin_contests");
    assertThatThrownBy(outbox::publishWaiting).isInstanceOf(SQLException.class);
    fixture.run("GRANT UPDATE ON contests.outbox TO scrutin_contests");
    assertThat(outbox.publishWaiting()).isEqualTo(2);
    assertThat(fixture.published).extracting(Event::id).hasSize(3).doesNotContainNull();
    assertThat(fixture.published.get(1)).isEqualTo(fixture.published.get(0));
  }

  @Test
  void aSecondClosingIsNotTakenForTheFirst() throws SQLException {
    fixture.insert(ContestState.OPEN);
    fixture.book.change(
        Samples.LAW,
        (row, now) -> ChangeContest.close(row, now.plusSeconds(7200), now, ChangeContest.MARGIN));
    fixture.close();
    assertThat(outbox.publishWaiting()).isEqualTo(2);
    assertThat(fixture.published).extracting(Event::id).doesNotHaveDuplicates();
  }

  @Test
  void theEndThatWasToldOfBeforeIsNotToldAgain() throws SQLException {
    fixture.insert(ContestState.OPEN);
    fixture.close();
    fixture.pass(Duration.ofSeconds(61));
    fixture.book.change(Samples.LAW, ChangeContest::end);
    assertThat(outbox.publishWaiting()).isEqualTo(1);
    assertThat(fixture.book.find(Samples.LAW).orElseThrow().state()).isEqualTo(ContestState.CLOSED);
  }

  @Test
  void tellsAllAgainToABrokerThatLostSome() throws SQLException {
    openAndClose();
    outbox.publishWaiting();
    Set<String> told = outbox.told();
    assertThat(told).hasSize(2);
    assertThat(outbox.tellAgainIfLost(told, told)).isFalse();
    assertThat(outbox.tellAgainIfLost(told, Set.of(fixture.published.get(1).id()))).isTrue();
    assertThat(outbox.publishWaiting()).isEqualTo(2);
    assertThat(fixture.published.subList(2, 4)).isEqualTo(fixture.published.subList(0, 2));
  }
}
