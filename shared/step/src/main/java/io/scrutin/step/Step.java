package io.scrutin.step;

import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One step: a batch of events in, one answer for each of them out, in the same order. What it
 * answers is final and its effects are committed when {@link #answer} returns; when it throws,
 * nothing is, and the batch comes again.
 *
 * <p>A step throws {@link DependencyAway} (or lets a connection's exception through) when something
 * it needs is away, and anything else only when an event of the batch breaks it.
 */
public interface Step extends Function<List<Event>, List<Answer>> {
  /** The name of its function, which is also the path it is served at. */
  String name();

  /** The types of event it takes; one of any other type is parked before it gets here. */
  default Set<EventType> reads() {
    return Arrays.stream(getClass().getAnnotationsByType(Listens.class))
        .map(binding -> binding.by() == Listens.By.WAKE ? EventType.WAKE : binding.to())
        .collect(Collectors.toUnmodifiableSet());
  }

  List<Answer> answer(List<Event> batch) throws SQLException;

  /**
   * What its first batch would have to make: connections, statements. Called when it is woken,
   * while the functions before it start as well. Without effect; when it fails, the first batch
   * finds out for itself.
   */
  default void getReady() throws SQLException {}

  /** The function that micronaut-function registers. */
  @Override
  default List<Answer> apply(List<Event> batch) {
    try {
      return answer(batch);
    } catch (SQLException failure) {
      throw new PostgresFailure(failure);
    }
  }

  /** Whether Postgres is away or the statement was wrong is for {@link Outage} to tell. */
  final class PostgresFailure extends RuntimeException {
    PostgresFailure(SQLException cause) {
      super(cause);
    }
  }
}
