package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.contest.PostgresTime;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.StreamName;
import io.scrutin.event.Wake;
import io.scrutin.servers.NatsServer;
import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The step, on a Postgres and a broker that is killed. */
class AnnounceContestsTest {
  private static final Instant NOW = Instant.now();

  private final BookFixture fixture = new BookFixture();
  private final NatsServer server = TestNats.own();
  private final TestNats.Environment nats = TestNats.freshEnvironment(server);
  private final BrokerLink broker = BrokerLink.open(nats.url(), "test");
  private final AnnounceContests step =
      new AnnounceContests(
          new ContestBook(fixture.database.dataSource("contests"), fixture.codec, PostgresTime::on),
          announcements(),
          new DrainedContests(fixture.book, broker, nats.name()));

  private Announcements announcements() {
    EventPublisher publisher = new EventPublisher(broker, nats.name(), fixture.codec);
    Outbox outbox =
        new Outbox(fixture.database.dataSource("contests"), fixture.codec, publisher::publish);
    return new Announcements(outbox, broker, nats.name(), fixture.codec);
  }

  @AfterEach
  void stop() throws InterruptedException {
    broker.close();
    nats.close();
    server.close();
  }

  private List<Answer> wake() throws Exception {
    return step.answer(List.of(Event.first(new Wake("heartbeat"), "test", NOW, null)));
  }

  private List<Fact> told() throws Exception {
    List<Fact> facts = new ArrayList<>();
    var management = nats.connection().jetStreamManagement();
    String stream = StreamName.VOTES.in(nats.name());
    var state = management.getStreamInfo(stream).getStreamState();
    for (long i = state.getFirstSequence(); i <= state.getLastSequence(); i++) {
      facts.add(fixture.codec.decode(management.getMessage(stream, i).getData()).fact());
    }
    return facts;
  }

  private String state() throws Exception {
    return fixture.book.find(Samples.LAW).orElseThrow().state().code();
  }

  @Test
  void endsWhatIsOverAndTellsOfItOnce() throws Exception {
    fixture.insert(Samples.LAW, ContestState.OPEN, NOW.minusSeconds(60), NOW.minusSeconds(1));
    fixture.insert("law-2", ContestState.OPEN, NOW.minusSeconds(60), NOW.plusSeconds(3600));
    fixture.insert("law-3", ContestState.DRAFT, NOW.minusSeconds(60), NOW.minusSeconds(1));
    assertThat(step.name()).isEqualTo("contests");
    assertThat(step.reads()).containsExactly(EventType.WAKE);
    assertThat(wake()).containsExactly(Answer.nothing());
    wake();
    assertThat(told()).singleElement().isInstanceOf(ContestClosed.class);
    assertThat(state()).isEqualTo("closed");
    assertThat(fixture.number("SELECT count(*) FROM contests.contest WHERE state = 'closed'"))
        .isEqualTo(1);
  }

  private long drained() throws Exception {
    return fixture.number("SELECT count(drained_at) FROM contests.contest");
  }

  @Test
  void notesThatNoVoteIsOnItsWayOnlyOnceEveryReaderIsPastTheEnd() throws Exception {
    nats.connection().jetStream().publish(EventType.VOTE_CAST.subject(nats.name()), new byte[] {1});
    fixture.insert(Samples.LAW, ContestState.CLOSED, NOW.minusSeconds(60), NOW.plusSeconds(60));
    fixture.insert("law-2", ContestState.OPEN, NOW.minusSeconds(60), NOW.plusSeconds(3600));
    Readers readers = new Readers(nats);
    DrainedContests later = new DrainedContests(fixture.book, broker, nats.name());
    later.note(NOW.plusSeconds(70));
    assertThat(drained()).as("nobody has read anything").isZero();
    readers.make();
    later.note(NOW.plusSeconds(70));
    assertThat(drained()).as("a vote of before the end waits").isZero();
    readers.read("verify");
    readers.read("audit-cast");
    later.note(NOW.plusSeconds(64));
    assertThat(drained()).as("the broker's clock may be behind this one").isZero();
    later.note(NOW.plusSeconds(66));
    assertThat(drained()).isEqualTo(1);
  }

  @Test
  void notesNothingWhileTheBrokerIsAway() throws Exception {
    fixture.insert(Samples.LAW, ContestState.CLOSED, NOW.minusSeconds(60), NOW.minusSeconds(30));
    new Readers(nats).make();
    server.kill();
    assertThatThrownBy(this::wake).isInstanceOf(DependencyAway.class);
    assertThat(drained()).isZero();
    server.restart();
    Await.until(() -> wake().size() == 1 && drained() == 1, "the broker is back");
  }

  @Test
  void tellsWhatWasDecidedWhileTheBrokerWasAway() throws Exception {
    fixture.insert(Samples.LAW, ContestState.OPEN, NOW.minusSeconds(60), NOW.minusSeconds(1));
    server.kill();
    assertThatThrownBy(this::wake).isInstanceOf(DependencyAway.class);
    assertThat(state()).isEqualTo("closed");
    server.restart();
    Await.until(() -> wake().size() == 1, "the broker is back");
    assertThat(told()).singleElement().isInstanceOf(ContestClosed.class);
  }

  @Test
  void tellsABrokerAgainThatLostItsStream() throws Exception {
    fixture.insert(Samples.LAW, ContestState.DRAFT, NOW.minusSeconds(60), NOW.plusSeconds(3600));
    fixture.isNow(NOW);
    fixture.open();
    wake();
    assertThat(told()).singleElement().isInstanceOf(ContestOpened.class);
    nats.connection().jetStreamManagement().purgeStream(StreamName.VOTES.in(nats.name()));
    wake();
    assertThat(told()).singleElement().isInstanceOf(ContestOpened.class);
    wake();
    assertThat(told()).hasSize(1);
  }

  @Test
  void copiesOfOneEventDoNotHideThatAnotherIsLost() throws Exception {
    fixture.insert(Samples.LAW, ContestState.DRAFT, NOW.minusSeconds(60), NOW.plusSeconds(3600));
    fixture.isNow(NOW);
    fixture.open();
    fixture.close();
    wake();
    String stream = StreamName.VOTES.in(nats.name());
    var management = nats.connection().jetStreamManagement();
    var opened = management.getMessage(stream, 1);
    for (int copies = 0; copies < 3; copies++) {
      nats.connection().jetStream().publish(opened.getSubject(), opened.getData());
    }
    management.deleteMessage(stream, 2);
    wake();
    assertThat(management.getStreamInfo(stream).getStreamState().getMsgCount()).isEqualTo(6);
    assertThat(
            fixture
                .codec
                .decode(
                    management
                        .getLastMessage(stream, nats.name() + ".voting.contest.closed.v1")
                        .getData())
                .fact())
        .isInstanceOf(ContestClosed.class);
  }
}
