package io.scrutin.step;

import io.micronaut.context.annotation.Requires;
import io.micronaut.function.FunctionBean;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** A step for the endpoint's tests: tells that nothing is known, or fails as it is told to. */
@FunctionBean("echo")
@Requires(property = "echo")
final class EchoStep implements Step {
  static volatile String sqlState = "";

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public Set<EventType> reads() {
    return Set.of(EventType.OUTCOME_ASKED, EventType.WAKE);
  }

  @Override
  public List<Answer> answer(List<Event> batch) throws SQLException {
    if (!sqlState.isEmpty()) {
      throw new SQLException("as told", sqlState);
    }
    return batch.stream()
        .map(
            event ->
                event.fact() instanceof OutcomeAsked asked
                    ? Answer.emit(new OutcomeTold(asked.voteId(), null))
                    : Answer.nothing())
        .toList();
  }
}
