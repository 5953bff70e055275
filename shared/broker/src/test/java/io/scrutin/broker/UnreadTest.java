package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.support.JsonParser;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteRejected;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnreadTest extends OnNats {
  private static final String DURABLE = "reader";

  private JetStreamManagement management;
  private String stream = "";
  private JetStreamSubscription reader;

  @BeforeEach
  void aReaderOfWhatIsRecorded() throws Exception {
    management = connection().jetStreamManagement();
    stream = StreamName.VOTES.in(environment);
    management.addOrUpdateConsumer(
        stream,
        ConsumerConfiguration.builder()
            .durable(DURABLE)
            .filterSubject(EventType.VOTE_RECORDED.subject(environment))
            .build());
    reader = connection().jetStream().subscribe(null, PullSubscribeOptions.bind(stream, DURABLE));
  }

  private Message next() throws Exception {
    return reader.fetch(1, PATIENCE).getFirst();
  }

  private Instant stampOf(long sequence) throws Exception {
    return management.getMessage(stream, sequence).getTime().toInstant();
  }

  private Optional<Instant> first() throws Exception {
    return first(management.getConsumerInfo(stream, DURABLE));
  }

  private Optional<Instant> first(ConsumerInfo durable) throws Exception {
    return Unread.first(management, stream, durable).map(found -> found.getTime().toInstant());
  }

  @Test
  void isNothingInAnEmptyStream() throws Exception {
    assertThat(first()).isEmpty();
  }

  @Test
  void isWhatWasNotDeliveredAndWhatWasNotAcked() throws Exception {
    publisher.publish(recorded(1)).join();
    publisher.publish(recorded(2)).join();
    assertThat(first()).contains(stampOf(1));
    Message one = next();
    assertThat(first()).as("in hand").contains(stampOf(1));
    one.ackSync(PATIENCE);
    assertThat(first()).contains(stampOf(2));
    next().ackSync(PATIENCE);
    assertThat(first()).isEmpty();
  }

  @Test
  void isTheFirstInHandWhenALaterOneIsAcked() throws Exception {
    publisher.publish(recorded(1)).join();
    publisher.publish(recorded(2)).join();
    next();
    next().ackSync(PATIENCE);
    assertThat(first()).contains(stampOf(1));
  }

  private Optional<Instant> firstOf(long floor, long delivered, int inHand) throws Exception {
    String told =
        """
        {"stream_name": "%s", "name": "reader", "config": {"filter_subject": "%s"},
         "ack_floor": {"consumer_seq": 0, "stream_seq": %d},
         "delivered": {"consumer_seq": 2, "stream_seq": %d},
         "num_ack_pending": %d, "num_pending": 0}
        """
            .formatted(
                stream, EventType.VOTE_RECORDED.subject(environment), floor, delivered, inHand);
    return first(new ConsumerInfo(JsonParser.parse(told)));
  }

  /** As a broker tells of a durable whose floor stayed behind. */
  @Test
  void isNothingWhenAllIsDeliveredAndNothingInHandWhereverTheFloorIs() throws Exception {
    publisher.publish(recorded(1)).join();
    publisher.publish(recorded(2)).join();
    assertThat(firstOf(0, 2, 0)).isEmpty();
    assertThat(firstOf(0, 2, 1)).as("one in hand").contains(stampOf(1));
    assertThat(firstOf(0, 1, 0)).as("one not delivered").contains(stampOf(1));
  }

  @Test
  void isNothingThatOthersRead() throws Exception {
    publisher.publish(recorded(1)).join();
    next().ackSync(PATIENCE);
    publisher
        .publish(
            event(new VoteRejected(voteId(2), "referendum-2026", VoteRejected.Reason.TOO_LATE)))
        .join();
    assertThat(first()).isEmpty();
  }
}
