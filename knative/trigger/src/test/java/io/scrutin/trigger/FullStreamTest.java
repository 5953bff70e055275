package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.cast;
import static io.scrutin.trigger.Casts.number;
import static io.scrutin.trigger.TestTrigger.CODEC;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.binding;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.broker.EventPublisher;
import io.scrutin.broker.StreamSizes;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.event.TallyUpdated;
import io.scrutin.event.VoteRecorded;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens.By;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Casts that fill their stream do not keep each other from being worked off. */
class FullStreamTest {
  private static final StreamSizes TINY = new StreamSizes(128 * 1024, 1024 * 1024, 1);

  private final TestNats.Environment nats = TestNats.freshEnvironment(TINY);

  @AfterEach
  void close() {
    nats.close();
  }

  /** The numbers of those that were taken, until the broker takes no more. */
  private Set<Integer> fill() throws Exception {
    Set<Integer> taken = new HashSet<>();
    try (BrokerLink link = BrokerLink.open(nats.url(), "submit")) {
      link.await(Duration.ofSeconds(10));
      EventPublisher submit = new EventPublisher(link, nats.name(), CODEC);
      for (int number = 0; ; number++) {
        try {
          submit.publish(cast(number)).join();
          taken.add(number);
        } catch (CompletionException refusal) {
          assertThat(refusal.getCause())
              .isInstanceOfSatisfying(
                  BrokerRefused.class,
                  refused -> assertThat(refused.why()).isEqualTo(BrokerRefused.Why.FULL));
          return taken;
        }
      }
    }
  }

  @Test
  void everyCastThatWasTakenHasAnOutcomeThoughTheStreamIsFull() throws Exception {
    Set<Integer> taken = fill();
    TestStep dedup = TestStep.each("dedup", e -> Answer.emit(Casts.accepted(cast(number(e)))));
    TestStep store =
        TestStep.each("store", e -> Answer.emit(new VoteRecorded(Casts.id(number(e)), Casts.LAW)));
    // As if each vote were counted by itself, which is the most that tally can say.
    TestStep tally =
        TestStep.each("tally", e -> Answer.emit(new TallyUpdated(Casts.LAW, number(e))));
    try (TestTrigger _ =
        new TestTrigger(nats, QUICK, TestStep.verifying(), dedup, store, tally)
            .with(
                verify(),
                binding("dedup", By.STREAM, EventType.VOTE_VERIFIED),
                binding("store", By.STREAM, EventType.VOTE_ACCEPTED),
                binding("tally", By.STREAM, EventType.VOTE_RECORDED))) {
      Await.until(() -> tally.askedOnce().size() == taken.size(), "all are worked off");
      Await.until(() -> isAllAcked(nats, "tally"), "and acked");
    }
    assertThat(recorded()).isEqualTo(taken).hasSizeGreaterThan(100);
    assertThat(room(StreamName.VOTES)).isPositive();
  }

  private Set<Integer> recorded() throws Exception {
    return kept(nats, EventType.VOTE_RECORDED).stream()
        .map(Casts::number)
        .collect(Collectors.toSet());
  }

  /** For one redelivery in four, at least, and the contests' own events. */
  private long room(StreamName stream) throws Exception {
    var info = nats.connection().jetStreamManagement().getStreamInfo(stream.in(nats.name()));
    long casts =
        nats.connection()
            .jetStreamManagement()
            .getStreamInfo(StreamName.CASTS.in(nats.name()))
            .getStreamState()
            .getByteCount();
    return info.getConfiguration().getMaxBytes() - info.getStreamState().getByteCount() - casts;
  }
}
