package io.scrutin.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.PublishAck;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the trigger relies on in a broker: the real one keeps it, and so does the simulated. */
abstract class BrokerPromises extends OnBroker {
  @Test
  void numbersWhatItKeepsFromOne() throws Exception {
    with(
        () -> {
          assertThat(publish("a", null).getSeqno()).isEqualTo(1);
          assertThat(publish("b", null).getSeqno()).isEqualTo(2);
          var state = connection().jetStreamManagement().getStreamInfo(stream()).getStreamState();
          assertThat(state.getLastSequence()).isEqualTo(2);
          assertThat(state.getLastTime())
              .isEqualTo(connection().jetStreamManagement().getMessage(stream(), 2).getTime());
        });
  }

  @Test
  void takesOneIdOnce() throws Exception {
    with(
        () -> {
          assertThat(publish("a", "id").isDuplicate()).isFalse();
          PublishAck again = publish("b", "id");
          assertThat(again.isDuplicate()).isTrue();
          assertThat(again.getSeqno()).isEqualTo(1);
        });
  }

  @Test
  void refusesTheNewRatherThanForgetTheOld() throws Exception {
    with(
        () -> {
          publish(2);
          fill();
          assertThatThrownBy(() -> publish("c", null))
              .isInstanceOf(ExecutionException.class)
              .rootCause()
              .isInstanceOfSatisfying(
                  JetStreamApiException.class,
                  refused -> assertThat(refused.getApiErrorCode()).isEqualTo(10077));
        });
  }

  @Test
  void handsOutWhatIsThereAndEndsThePull() throws Exception {
    with(
        () -> {
          publish(3);
          put(durable());
          pull(10).awaiting("m1", "m2", "m3").endingWith(408);
          assertThat(info().getDelivered().getStreamSequence()).isEqualTo(3);
          assertThat(info().getNumAckPending()).isEqualTo(3);
        });
  }

  @Test
  void endsNoPullThatIsServedWhole() throws Exception {
    with(
        () -> {
          publish(3);
          put(durable());
          Pulled whole = pull(2).awaiting("m1", "m2");
          pull(2).awaiting("m3").endingWith(408);
          assertThat(whole.statuses).isEmpty();
        });
  }

  @Test
  void endsAWaitAtTheFirstMessage() throws Exception {
    with(
        () -> {
          put(durable());
          Pulled waiting = pull(10);
          until(() -> waits(1));
          publish("late", null);
          waiting.awaiting("late").endingWith(408);
        });
  }

  @Test
  void saysSoWhenNothingCame() throws Exception {
    with(
        () -> {
          put(durable());
          new Pulled(10, Duration.ofMillis(300)).endingWith(408);
        });
  }

  @Test
  void handsOutAgainWhatNobodyAcked() throws Exception {
    with(
        () -> {
          publish(2);
          put(durable());
          pull(2).awaiting("m1", "m2").messages.getFirst().ack();
          Message again = pull(2).awaiting("m2").messages.getFirst();
          assertThat(again.metaData().deliveredCount()).isEqualTo(2);
          assertThat(again.metaData().streamSequence()).isEqualTo(2);
        });
  }

  @Test
  void handsOutAtOnceWhatIsGivenBack() throws Exception {
    with(
        () -> {
          put(durable().ackWait(Duration.ofMinutes(5)));
          publish(1);
          pull(1).awaiting("m1").messages.getFirst().nak();
          pull(1).awaiting("m1").messages.getFirst().nakWithDelay(Duration.ofMillis(200));
          Message third = pull(1).awaiting("m1").messages.getFirst();
          assertThat(third.metaData().deliveredCount()).isEqualTo(3);
        });
  }

  @Test
  void honoursTheAckOfAnEarlierDelivery() throws Exception {
    with(
        () -> {
          publish(1);
          put(durable());
          Message first = pull(1).awaiting("m1").messages.getFirst();
          pull(1).awaiting("m1");
          first.ack();
          until(() -> lookedAt().getNumAckPending() == 0);
          new Pulled(1, ACK_WAIT.multipliedBy(2)).endingWith(408);
        });
  }

  @Test
  void handsOutNoMoreThanMayBeOut() throws Exception {
    with(
        () -> {
          publish(3);
          put(durable().maxAckPending(2).ackWait(Duration.ofMinutes(5)));
          Message first = pull(2).awaiting("m1", "m2").messages.getFirst();
          Pulled waiting = pull(1);
          until(() -> waits(1));
          first.ack();
          waiting.awaiting("m3");
        });
  }

  @Test
  void putsItsFloorBelowTheFirstThatIsOut() throws Exception {
    with(
        () -> {
          publish(3);
          put(durable().ackWait(Duration.ofMinutes(5)));
          List<Message> messages = pull(3).awaiting("m1", "m2", "m3").messages;
          messages.get(2).ack();
          until(() -> lookedAt().getNumAckPending() == 2);
          assertThat(info().getAckFloor().getStreamSequence()).isZero();
          messages.get(0).ack();
          until(() -> lookedAt().getAckFloor().getStreamSequence() == 1);
          messages.get(1).ack();
          until(() -> lookedAt().getAckFloor().getStreamSequence() == 3);
        });
  }

  @Test
  void acksAllBeforeWhereTheDurableSaysSo() throws Exception {
    with(
        () -> {
          publish(3);
          put(durable().ackPolicy(AckPolicy.All).headersOnly(true));
          pull(3).awaiting("", "", "").messages.get(2).ack();
          until(() -> lookedAt().getAckFloor().getStreamSequence() == 3);
        });
  }

  @Test
  void startsADurableWhereItIsTold() throws Exception {
    with(
        () -> {
          publish(3);
          ConsumerInfo made =
              put(durable().deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(3));
          assertThat(made.getDelivered().getStreamSequence()).isEqualTo(2);
          pull(5).awaiting("m3");
        });
  }

  @Test
  void findsTheFirstMessageSinceAMoment() throws Exception {
    with(
        () -> {
          publish(3);
          var stamp = connection().jetStreamManagement().getMessage(stream(), 2).getTime();
          ConsumerInfo probe =
              connection()
                  .jetStreamManagement()
                  .createConsumer(
                      stream(),
                      ConsumerConfiguration.builder()
                          .ackPolicy(AckPolicy.None)
                          .deliverPolicy(DeliverPolicy.ByStartTime)
                          .startTime(stamp.withZoneSameInstant(ZoneOffset.UTC))
                          .inactiveThreshold(Duration.ofSeconds(5))
                          .memStorage(true)
                          .build());
          assertThat(probe.getDelivered().getStreamSequence()).isEqualTo(1);
        });
  }

  @Test
  void keepsADurablesPlaceWhenItsLimitsChange() throws Exception {
    with(
        () -> {
          publish(2);
          put(durable());
          pull(1).awaiting("m1").messages.getFirst().ack();
          until(() -> lookedAt().getAckFloor().getStreamSequence() == 1);
          ConsumerInfo changed = put(durable().description("changed").maxAckPending(7));
          assertThat(changed.getDelivered().getStreamSequence()).isEqualTo(1);
          assertThat(info().getConsumerConfiguration().getDescription()).isEqualTo("changed");
          assertThatThrownBy(
                  () ->
                      put(durable().deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(2)))
              .isInstanceOf(JetStreamApiException.class);
        });
  }

  @Test
  void makesADurableAnewUnderItsOldName() throws Exception {
    with(
        () -> {
          publish(2);
          ConsumerInfo old = put(durable());
          Message held = pull(1).awaiting("m1").messages.getFirst();
          connection().jetStreamManagement().deleteConsumer(stream(), DURABLE);
          assertThatThrownBy(this::info)
              .isInstanceOfSatisfying(
                  JetStreamApiException.class,
                  gone -> assertThat(gone.getApiErrorCode()).isEqualTo(10014));
          ConsumerInfo fresh = put(durable());
          assertThat(fresh.getCreationTime()).isAfter(old.getCreationTime());
          // The name is all that an ack is addressed to.
          pull(2).awaiting("m1", "m2");
          held.ack();
          until(() -> lookedAt().getNumAckPending() == 1);
        });
  }

  @Test
  void findsTheLastAndTheNextOfASubject() throws Exception {
    with(
        () -> {
          JetStreamManagement management = connection().jetStreamManagement();
          assertAbsent(() -> management.getLastMessage(stream(), subject()));
          publish(3);
          assertThat(management.getLastMessage(stream(), subject()).getSeq()).isEqualTo(3);
          assertThat(management.getNextMessage(stream(), 2, subject()).getSeq()).isEqualTo(2);
          assertAbsent(() -> management.getNextMessage(stream(), 4, subject()));
        });
  }

  private static void assertAbsent(ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            JetStreamApiException.class,
            absent -> assertThat(absent.getApiErrorCode()).isEqualTo(10037));
  }

  @Test
  void tellsThatAMessageIsNotThere() throws Exception {
    with(() -> assertAbsent(() -> connection().jetStreamManagement().getMessage(stream(), 9)));
  }
}
