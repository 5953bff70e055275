package io.scrutin.store;

import io.micronaut.function.FunctionBean;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.VoteAccepted;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens;
import io.scrutin.step.Step;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** store: {@code vote.accepted} in, {@code vote.recorded} or {@code vote.duplicated} out. */
@FunctionBean("store")
@Listens(as = "store", to = EventType.VOTE_ACCEPTED, batch = 500)
public final class StoreVotes implements Step {
  private final BallotStore ballots;

  StoreVotes(BallotStore ballots) {
    this.ballots = ballots;
  }

  /** store over a database of the caller's choice, as a process of its own would make it. */
  public static StoreVotes over(DataSource database) {
    return new StoreVotes(new BallotStore(database));
  }

  @Override
  public String name() {
    return "store";
  }

  /** The same statements with nothing in them. */
  @Override
  public void getReady() throws SQLException {
    ballots.record(List.of());
  }

  @Override
  public List<Answer> answer(List<Event> batch) throws SQLException {
    List<VoteAccepted> votes = batch.stream().map(event -> (VoteAccepted) event.fact()).toList();
    BallotStore.Recorded recorded = ballots.record(votes);
    return votes.stream().map(vote -> answer(vote, recorded)).toList();
  }

  private static Answer answer(VoteAccepted vote, BallotStore.Recorded recorded) {
    return RecordVotes.outcome(vote, recorded.standing(), recorded.discarded())
        .map(Answer::emit)
        .orElseGet(Answer::nothing);
  }
}
