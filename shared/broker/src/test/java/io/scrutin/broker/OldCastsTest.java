package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker whose casts are where versions before 0.2 had them. */
final class OldCastsTest extends OnNats {
  private JetStreamManagement management;
  private String votes = "";
  private String subject = "";

  @BeforeEach
  void asItWas() throws Exception {
    management = connection().jetStreamManagement();
    votes = StreamName.VOTES.in(environment);
    subject = EventType.VOTE_CAST.subject(environment);
    management.deleteStream(StreamName.CASTS.in(environment));
    management.updateStream(
        StreamConfiguration.builder(configuration(StreamName.VOTES)).addSubjects(subject).build());
  }

  private void declare() throws Exception {
    Streams.declare(connection(), environment, SIZES);
  }

  private JetStreamSubscription reader(String durable) throws Exception {
    return connection()
        .jetStream()
        .subscribe(
            subject,
            PullSubscribeOptions.builder().stream(votes)
                .configuration(ConsumerConfiguration.builder().durable(durable).build())
                .build());
  }

  private static void answer(JetStreamSubscription reader, int casts) throws Exception {
    for (Message message : reader.fetch(casts, Duration.ofSeconds(5))) {
      message.ackSync(Duration.ofSeconds(5));
    }
  }

  private void assertCastsHaveAStreamOfTheirOwn() throws Exception {
    assertThat(configuration(StreamName.VOTES).getSubjects()).doesNotContain(subject);
    long before = state(StreamName.CASTS).getMsgCount();
    publisher.publish(cast(900)).join();
    assertThat(state(StreamName.CASTS).getMsgCount()).isEqualTo(before + 1);
    assertThat(management.getConsumerNames(votes)).isEmpty();
  }

  @Test
  void movesTheSubjectOfAVotesWithoutCasts() throws Exception {
    declare();
    assertCastsHaveAStreamOfTheirOwn();
  }

  @Test
  void keepsAnsweredCastsWhereTheyAre() throws Exception {
    publisher.publish(cast(1)).join();
    publisher.publish(cast(2)).join();
    answer(reader("verify"), 2);
    answer(reader("audit-cast"), 2);
    declare();
    assertCastsHaveAStreamOfTheirOwn();
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(2);
    declare();
    assertThat(state(StreamName.CASTS).getMsgCount()).isEqualTo(1);
  }

  @Test
  void refusesWhileACastIsUnread() throws Exception {
    publisher.publish(cast(1)).join();
    answer(reader("verify"), 1);
    JetStreamSubscription audit = reader("audit-cast");
    assertRefused("audit-cast: 1");
    answer(audit, 1);
    declare();
    assertCastsHaveAStreamOfTheirOwn();
  }

  @Test
  void refusesWhileACastIsInSomebodysHand() throws Exception {
    publisher.publish(cast(1)).join();
    assertThat(reader("verify").fetch(1, Duration.ofSeconds(5))).hasSize(1);
    assertRefused("verify: 1");
  }

  @Test
  void refusesCastsThatNobodyEverRead() throws Exception {
    publisher.publish(cast(1)).join();
    assertRefused("nobody read 1");
  }

  @Test
  void finishesWhatACrashLeftHalfDone() throws Exception {
    publisher.publish(cast(1)).join();
    JetStreamSubscription verify = reader("verify");
    // Crashed after the subject left, while a cast had come in at the last moment.
    management.updateStream(
        StreamConfiguration.builder(configuration(StreamName.VOTES))
            .subjects(StreamName.VOTES.subjects(environment))
            .build());
    assertRefused("verify: 1");
    answer(verify, 1);
    declare();
    assertCastsHaveAStreamOfTheirOwn();
  }

  /** And the version before this one can go on as if nothing had been tried. */
  private void assertRefused(String why) throws Exception {
    assertThatThrownBy(this::declare)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(why);
    assertThat(configuration(StreamName.VOTES).getSubjects()).contains(subject);
    assertThat(management.getStreamNames()).doesNotContain(StreamName.CASTS.in(environment));
  }
}
