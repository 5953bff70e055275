package io.scrutin.store;

import static io.scrutin.store.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.VoteRecorded;
import io.scrutin.step.Reply;
import io.scrutin.step.StepRunner;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestPostgres;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
  @Test
  void waitsWhilePostgresIsAwayAndRecordsAfter() {
    try (TestPostgres.Own postgres = TestPostgres.own()) {
      StoreVotes store = new StoreVotes(new BallotStore(postgres.database().dataSource("store")));
      StepRunner runner = new StepRunner(store, Clock.systemUTC());
      List<Event> batch = List.of(Event.first(vote(1, 10), "test", Instant.now(), null));

      postgres.server().kill();
      assertThat(runner.run(batch)).isInstanceOf(Reply.Away.class);

      postgres.server().restart();
      Await.until(() -> runner.run(batch) instanceof Reply.Answers, "Postgres answers again");
      assertThat(runner.run(batch))
          .isInstanceOfSatisfying(
              Reply.Answers.class,
              answers ->
                  assertThat(answers.events().getFirst().fact()).isInstanceOf(VoteRecorded.class));
    }
  }
}
