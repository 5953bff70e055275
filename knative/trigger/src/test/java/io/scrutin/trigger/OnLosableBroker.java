package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.PATIENT;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;

import io.nats.client.api.StreamState;
import io.scrutin.broker.BrokerLink;
import io.scrutin.event.Event;
import io.scrutin.event.StreamName;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own for each test, which may forget. */
abstract class OnLosableBroker {
  @TempDir private Path dir;
  LosableNats losable;
  TestNats.Environment nats;
  BrokerLink link;

  /** It leads to nothing, so that sequences are those of the casts alone. */
  final TestStep step = TestStep.each("verify", _ -> Answer.nothing());

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

  TestTrigger trigger(TestStep asked) {
    return new TestTrigger(nats, QUICK, asked).with(verify());
  }

  /** For tests that count how often it asks. */
  TestTrigger patient(TestStep asked) {
    return new TestTrigger(nats, PATIENT, asked).with(verify());
  }

  void awaitAsked(TestStep asked, int from, int until) {
    Await.until(
        () -> asked.askedOnce().containsAll(numbers(from, until)),
        "asked about " + from + " until " + until);
    Await.until(() -> isAllAcked(nats, "verify"), "acked");
  }

  static List<Integer> numbers(int from, int until) {
    return IntStream.range(from, until).boxed().toList();
  }

  /** The test's own client is not faster than the server to be back. */
  void publishWhenBack(List<Event> events) {
    Await.until(() -> state() != null, "the server is back");
    events.forEach(
        event -> Await.until(() -> published(event), "published " + Casts.number(event)));
  }

  private boolean published(Event event) throws Exception {
    publish(nats, List.of(event));
    return true;
  }

  StreamState state() throws Exception {
    return nats.connection()
        .jetStreamManagement()
        .getStreamInfo(StreamName.CASTS.in(nats.name()))
        .getStreamState();
  }

  Optional<Checkpoint> checkpoint() throws Exception {
    return Checkpoint.parse(durable(nats, "verify").getConsumerConfiguration().getDescription());
  }

  /** Several checkpoints were written to one and the same durable. */
  boolean isSettled() throws Exception {
    ZonedDateTime created = durable(nats, "verify").getCreationTime();
    for (int number = 50; number < 55; number++) {
      publish(nats, casts(number, number + 1));
      long last = state().getLastSequence();
      Await.until(() -> checkpoint().orElseThrow().tail().sequence() >= last, "a checkpoint");
    }
    return durable(nats, "verify").getCreationTime().equals(created);
  }
}
