package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.cast;
import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamBindingTest {
  private final TestNats.Environment nats = TestNats.freshEnvironment();

  @AfterEach
  void close() {
    nats.close();
  }

  @Test
  void carriesEachEventToItsStepAndTheAnswersBack() throws Exception {
    TestStep step = TestStep.verifying();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, casts(0, 120));
      Await.until(() -> kept(nats, EventType.VOTE_VERIFIED).size() == 120, "120 verified");
      Await.until(() -> isAllAcked(nats, "verify"), "all acked");
    }
    assertThat(step.asked()).hasSize(120);
    List<Event> verified = kept(nats, EventType.VOTE_VERIFIED);
    assertThat(verified.getFirst().causationId()).isEqualTo(cast(0).id());
  }
}
