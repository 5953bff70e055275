package io.scrutin.contests;

import io.micronaut.function.FunctionBean;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.step.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * contests: a wake in; ends contests whose time has passed, tells what still is to be told, and
 * notes of which contests no vote is on its way any more. What it tells goes through the outbox, so
 * that nothing follows the wake itself.
 */
@FunctionBean("contests")
public final class AnnounceContests implements Step {
  private final ContestBook book;
  private final Announcements announcements;
  private final DrainedContests drained;

  AnnounceContests(ContestBook book, Announcements announcements, DrainedContests drained) {
    this.book = book;
    this.announcements = announcements;
    this.drained = drained;
  }

  @Override
  public String name() {
    return "contests";
  }

  @Override
  public Set<EventType> reads() {
    return Set.of(EventType.WAKE);
  }

  @Override
  public List<Answer> answer(List<Event> wakes) throws SQLException {
    Instant now = book.now();
    for (ContestRow row : book.all()) {
      if (ChangeContest.end(row, now) instanceof Change.Done) {
        book.change(row.lawId(), ChangeContest::end);
      }
    }
    try {
      announcements.tell();
      drained.note(now);
    } catch (BrokerRefused away) {
      throw new DependencyAway("the broker", away);
    }
    return wakes.stream().map(_ -> Answer.nothing()).toList();
  }
}
