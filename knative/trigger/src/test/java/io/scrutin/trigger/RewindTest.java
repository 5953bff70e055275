package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.sized;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.StreamState;
import io.scrutin.broker.BrokerLink;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestNats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No durable skips an event, whatever the broker forgot. */
class RewindTest {
  @TempDir private Path dir;
  private LosableNats losable;
  private TestNats.Environment nats;
  private BrokerLink link;

  /** It leads to nothing, so that sequences are those of the casts alone. */
  private final TestStep step = TestStep.each("verify", _ -> Answer.nothing());

  @BeforeEach
  void start() {
    losable = new LosableNats(dir);
    nats = losable.environment;
    link = BrokerLink.open(nats.url(), "test");
  }

  @AfterEach
  void close() throws Exception {
    link.close();
    losable.close();
  }

  private TestTrigger trigger(TestStep asked) {
    return new TestTrigger(nats, QUICK, asked).with(verify());
  }

  private void awaitAsked(TestStep asked, int from, int until) {
    Await.until(
        () -> asked.askedOnce().containsAll(numbers(from, until)),
        "asked about " + from + " until " + until);
    Await.until(() -> isAllAcked(nats, "verify"), "acked");
  }

  private static List<Integer> numbers(int from, int until) {
    return IntStream.range(from, until).boxed().toList();
  }

  /** The test's own client is not faster than the server to be back. */
  private void publishWhenBack(List<Event> events) {
    Await.until(() -> state() != null, "the server is back");
    events.forEach(
        event -> Await.until(() -> published(event), "published " + Casts.number(event)));
  }

  private boolean published(Event event) throws Exception {
    publish(nats, List.of(event));
    return true;
  }

  private StreamState state() throws Exception {
    return nats.connection()
        .jetStreamManagement()
        .getStreamInfo(StreamName.CASTS.in(nats.name()))
        .getStreamState();
  }

  private Optional<Checkpoint> checkpoint() throws Exception {
    return Checkpoint.parse(durable(nats, "verify").getConsumerConfiguration().getDescription());
  }

  @Test
  void replaysAfterALostTail() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 50));
      awaitAsked(step, 0, 50);
      losable.sync();
      publishWhenBack(casts(50, 100));
      awaitAsked(step, 50, 100);
      losable.losePower();
      losable.server.restart();
      // The durable is at 100 and the stream at 50: the next 50 would be skipped.
      publishWhenBack(casts(100, 120));
      awaitAsked(step, 100, 120);
    }
    assertThat(state().getLastSequence()).isLessThan(100);
  }

  @Test
  void replaysAfterARestartNoticedLate() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 50));
      awaitAsked(step, 0, 50);
      losable.sync();
      publishWhenBack(casts(50, 100));
      awaitAsked(step, 50, 100);
    }
    losable.losePower();
    losable.server.restart();
    Await.until(() -> state() != null, "the server is back");
    assertThat(durable(nats, "verify").getDelivered().getStreamSequence())
        .isGreaterThan(state().getLastSequence());
    // Filled again past where the durable is, so that nothing looks wrong any more.
    publishWhenBack(casts(100, 200));
    assertThat(state().getLastSequence())
        .isGreaterThan(durable(nats, "verify").getDelivered().getStreamSequence());
    TestStep late = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(late)) {
      awaitAsked(late, 100, 200);
    }
  }

  @Test
  void replaysFromTheFloorAndNotFromTheStart() throws Exception {
    TestStep after = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 50));
      awaitAsked(step, 0, 50);
      Instant fiftieth = stamp(50);
      Await.until(
          () -> fiftieth.equals(checkpoint().map(Checkpoint::floor).orElse(null)),
          "the floor is old enough to be relied on");
    }
    publish(nats, casts(50, 60));
    losable.server.kill();
    losable.server.restart();
    publishWhenBack(casts(60, 61));
    try (TestTrigger _ = trigger(after)) {
      awaitAsked(after, 50, 61);
    }
    assertThat(after.askedOnce()).doesNotContainAnyElementsOf(numbers(0, 49));
  }

  private Instant stamp(long sequence) throws Exception {
    return nats.connection()
        .jetStreamManagement()
        .getMessage(StreamName.CASTS.in(nats.name()), sequence)
        .getTime()
        .toInstant();
  }

  @Test
  void goesOnWhereItWasWhenOnlyTheTriggerRestarts() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 20));
      awaitAsked(step, 0, 20);
    }
    TestStep after = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(after)) {
      publish(nats, casts(20, 30));
      awaitAsked(after, 20, 30);
    }
    assertThat(after.asked()).containsExactlyInAnyOrderElementsOf(numbers(20, 30));
  }

  @Test
  void goesOnWhereItWasWhenOnlyTheWireBreaks() throws Exception {
    try (TcpProxy wire = TcpProxy.to(losable.server.port());
        TestTrigger _ =
            new TestTrigger(nats, wire.through(nats.url()), QUICK, step).with(verify())) {
      publish(nats, casts(0, 20));
      awaitAsked(step, 0, 20);
      wire.cut();
      publish(nats, casts(20, 40));
      wire.heal();
      awaitAsked(step, 20, 40);
    }
    // What was on the broken wire comes again after the ack wait; what was acked does not.
    assertThat(step.asked().stream().filter(number -> number < 20)).hasSize(20);
  }

  @Test
  void twoTriggersDoNotRewindEachOther() throws Exception {
    TestStep other = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(step);
        TestTrigger _ = trigger(other)) {
      publish(nats, casts(0, 20));
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
      ZonedDateTime before = durable(nats, "verify").getCreationTime();
      losable.server.kill();
      losable.server.restart();
      Await.until(
          () -> !durable(nats, "verify").getCreationTime().equals(before), "rewound by one");
      publishWhenBack(casts(20, 40));
      Await.until(
          () -> step.askedOnce().size() + other.askedOnce().size() >= 40, "both are at work again");
      publishWhenBack(casts(40, 50));
      Await.until(this::isSettled, "it is rewound no more");
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
    }
  }

  /** Several checkpoints were written to one and the same durable. */
  private boolean isSettled() throws Exception {
    ZonedDateTime created = durable(nats, "verify").getCreationTime();
    for (int number = 50; number < 55; number++) {
      publish(nats, casts(number, number + 1));
      long last = state().getLastSequence();
      Await.until(
          Duration.ofSeconds(5),
          () -> checkpoint().orElseThrow().tail().sequence() >= last,
          "a checkpoint");
    }
    return durable(nats, "verify").getCreationTime().equals(created);
  }

  @Test
  void makesItsDurableAgainWhenItsFilesAreGone() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 10));
      awaitAsked(step, 0, 10);
      losable.loseFilesOf("verify");
      Await.until(this::isSettled, "checkpoints are written again");
      losable.server.kill();
      losable.server.restart();
      publishWhenBack(casts(10, 20));
      awaitAsked(step, 10, 20);
    }
  }

  @Test
  void makesItsDurableAgainWhenSomebodyDeletesIt() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 10));
      awaitAsked(step, 0, 10);
      deleteDurable();
      publish(nats, casts(10, 20));
      awaitAsked(step, 10, 20);
    }
  }

  /** The server may fail to remove its files, while it still writes them. */
  private void deleteDurable() throws Exception {
    new StreamApi(link, StreamName.CASTS.in(nats.name())).delete("verify");
  }

  @Test
  void doesNotTakeOverThePlaceOfItsPredecessor() throws Exception {
    publish(nats, casts(0, 30));
    try (TestTrigger _ = trigger(step)) {
      awaitAsked(step, 0, 30);
    }
    losable.server.stop();
    losable.keepPlaceOf("verify");
    losable.server.restart();
    Await.until(() -> state() != null, "the server is back");
    StreamApi api = new StreamApi(link, StreamName.CASTS.in(nats.name()));
    Await.until(
        () -> {
          api.delete("verify");
          return true;
        },
        "deleted");
    losable.bringBackPlaceOf("verify");
    DurableShape shape = DurableShape.of(verify(), nats.name(), QUICK.ackWait());
    Checkpoint another = new Checkpoint("another", null, new Checkpoint.Tail(0, Instant.EPOCH));
    // A server of 2.9 lets it go on at 30; newer ones may know better.
    var _ = api.put(shape.fromTheStart(another));
    TestStep after = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(after)) {
      awaitAsked(after, 0, 30);
    }
  }

  @Test
  void keepsItsPlaceWhenItsLimitsChange() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 10));
      awaitAsked(step, 0, 10);
    }
    ZonedDateTime created = durable(nats, "verify").getCreationTime();
    BindingConfig larger = sized(verify(), 1_000, 20);
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(larger)) {
      publish(nats, casts(10, 20));
      awaitAsked(step, 10, 20);
      assertThat(durable(nats, "verify").getConsumerConfiguration().getMaxAckPending())
          .isEqualTo(larger.maxAckPending());
    }
    assertThat(durable(nats, "verify").getCreationTime()).isEqualTo(created);
    assertThat(step.asked()).hasSize(20);
  }

  @Test
  void startsOverWhenItListensToSomethingElse() throws Exception {
    Event accepted = Event.first(Casts.accepted(Casts.cast(7)), "dedup", Instant.EPOCH, null);
    Event verified = Event.first(Casts.verified(Casts.cast(3)), "verify", Instant.EPOCH, null);
    publish(nats, List.of(accepted, verified));
    TestStep asked = TestStep.each("dedup", _ -> Answer.nothing());
    try (TestTrigger _ = new TestTrigger(nats, QUICK, asked).with(to(EventType.VOTE_VERIFIED))) {
      Await.until(() -> asked.asked().equals(List.of(3)), "asked about what is verified");
      Await.until(() -> isAllAcked(nats, "dedup"), "acked");
    }
    try (TestTrigger _ = new TestTrigger(nats, QUICK, asked).with(to(EventType.VOTE_ACCEPTED))) {
      Await.until(() -> asked.asked().equals(List.of(3, 7)), "asked about what is accepted");
    }
  }

  private static BindingConfig to(EventType type) {
    return TestTrigger.binding("dedup", BindingConfig.Kind.STREAM, type);
  }
}
