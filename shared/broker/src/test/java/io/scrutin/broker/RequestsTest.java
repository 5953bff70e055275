package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.scrutin.event.Event;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RequestsTest extends OnNats {
  @Test
  void aQuestionGetsItsAnswer() throws Exception {
    Event asked = event(new OutcomeAsked(voteId(1)));
    Event told = asked.then(new OutcomeTold(voteId(1), null), "audit", NOON);
    Dispatcher audit =
        connection()
            .createDispatcher(
                question -> connection().publish(replyTo(question), CODEC.encode(told)));
    audit.subscribe(asked.fact().type().subject(environment), "audit");
    connection().flush(PATIENCE);
    assertThat(new Requests(link, environment, CODEC).ask(asked, PATIENCE).join()).isEqualTo(told);
  }

  @Test
  void aQuestionThatNobodyHearsIsLaterNotNo() {
    Requests requests = new Requests(link, environment, CODEC);
    assertRefusedAsAway(requests.ask(event(new OutcomeAsked(voteId(1))), PATIENCE));
  }

  @Test
  void aQuestionThatIsNotAnsweredEndsInTime() throws Exception {
    Event asked = event(new OutcomeAsked(voteId(1)));
    connection().createDispatcher(_ -> {}).subscribe(asked.fact().type().subject(environment));
    connection().flush(PATIENCE);
    long start = System.nanoTime();
    assertRefusedAsAway(new Requests(link, environment, CODEC).ask(asked, Duration.ofMillis(100)));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  private static String replyTo(Message question) {
    return Objects.requireNonNull(question.getReplyTo());
  }
}
