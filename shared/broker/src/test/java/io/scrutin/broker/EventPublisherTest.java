package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scrutin.event.Event;
import io.scrutin.event.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EventPublisherTest extends OnNats {
  @Test
  void anAcknowledgedEventIsStoredAsItWas() throws Exception {
    Event event = cast(1);
    publisher.publish(event).join();
    byte[] stored =
        connection()
            .jetStreamManagement()
            .getMessage(StreamName.CASTS.in(environment), 1)
            .getData();
    assertThat(CODEC.decode(stored)).isEqualTo(event);
  }

  @Test
  void aCastPublishedTwiceIsStoredOnce() throws Exception {
    publisher.publish(cast(7)).join();
    publisher.publish(cast(7)).join();
    assertThat(state(StreamName.CASTS).getMsgCount()).isEqualTo(1);
  }

  @Test
  void laterStepsCarryNoMessageId() throws Exception {
    publisher.publish(recorded(7)).join();
    publisher.publish(recorded(7)).join();
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(2);
  }

  @Test
  void eventsThatComeTogetherAreOneMessage() throws Exception {
    List<Event> events = List.of(recorded(7), recorded(8), recorded(9));
    publisher.publishTogether(events).join();
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(1);
    byte[] stored =
        connection()
            .jetStreamManagement()
            .getMessage(StreamName.VOTES.in(environment), 1)
            .getData();
    assertThat(CODEC.decodeMessage(stored)).isEqualTo(events);
  }

  @Test
  void oneAloneIsAMessageAsEver() throws Exception {
    publisher.publishTogether(List.of(cast(1))).join();
    byte[] stored =
        connection()
            .jetStreamManagement()
            .getMessage(StreamName.CASTS.in(environment), 1)
            .getData();
    assertThat(CODEC.decode(stored)).isEqualTo(cast(1));
  }

  /** More of them than may wait for an answer at once. */
  @Test
  void whatNoBrokerWouldTakeTakesNobodysPlace() {
    EventPublisher lost = new EventPublisher(link, "two words", CODEC);
    Event event = recorded(1);
    for (int i = 0; i < 8_192 + 1; i++) {
      assertThat(catchThrowable(() -> lost.publish(event)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void castsNeverComeTogether() {
    assertThatThrownBy(() -> publisher.publishTogether(List.of(cast(1), cast(2))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFullStreamRefusesTheNewAndKeepsTheOld() throws Exception {
    environment = "small";
    Streams.declare(connection(), environment, new StreamSizes(4_096, 1 << 20, 1));
    publisher = new EventPublisher(link, environment, CODEC);
    List<BrokerRefused.Why> refusals = new ArrayList<>();
    int acknowledged = 0;
    for (int number = 0; number < 30; number++) {
      Throwable failure = failureOf(publisher.publish(cast(number)));
      if (failure == null) {
        acknowledged++;
      } else {
        refusals.add(((BrokerRefused) failure).why());
      }
    }
    assertThat(refusals).isNotEmpty().containsOnly(BrokerRefused.Why.FULL);
    assertThat(state(StreamName.CASTS).getMsgCount()).isEqualTo(acknowledged).isPositive();
    assertThat(state(StreamName.CASTS).getFirstSequence()).isEqualTo(1);
  }

  @Test
  void aMissingStreamIsABrokerThatIsAway() throws Exception {
    connection().jetStreamManagement().deleteStream(StreamName.CASTS.in(environment));
    assertRefusedAsAway(publisher.publish(cast(1)));
  }

  @Test
  void twentyThousandPublishesKeepToTheBound() throws Exception {
    Semaphore window = new Semaphore(EventPublisher.MOST_IN_FLIGHT);
    List<CompletableFuture<Void>> published = new ArrayList<>();
    for (int number = 0; number < 20_000; number++) {
      assertThat(window.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      published.add(publisher.publish(cast(number)).whenComplete((_, _) -> window.release()));
    }
    CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(state(StreamName.CASTS).getMsgCount()).isEqualTo(20_000);
  }

  @Test
  void whatIsPastTheBoundFailsAtOnce() {
    List<CompletableFuture<Void>> published =
        IntStream.range(0, 4 * EventPublisher.MOST_IN_FLIGHT)
            .mapToObj(number -> publisher.publish(recorded(number)))
            .toList();
    published.forEach(
        each -> {
          Throwable failure = failureOf(each);
          assertThat(failure == null || ((BrokerRefused) failure).why() == BrokerRefused.Why.AWAY)
              .isTrue();
        });
    // All are answered, so there is room for one more.
    publisher.publish(recorded(0)).join();
  }
}
