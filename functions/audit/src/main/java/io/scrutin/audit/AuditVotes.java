package io.scrutin.audit;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micronaut.function.FunctionBean;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteId;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens;
import io.scrutin.step.Listens.By;
import io.scrutin.step.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** audit: what becomes of votes in, nothing out; or what became of a vote, when asked. */
@FunctionBean("audit")
// Nobody waits for what it notes of a vote that is under way, or recorded: voters hear that from
// store.
@Listens(
    as = "audit-cast",
    to = EventType.VOTE_CAST,
    batch = 500,
    pauseMillis = 100,
    afterSilenceMillis = 2_000)
@Listens(as = "audit-recorded", to = EventType.VOTE_RECORDED, batch = 500, pauseMillis = 100)
@Listens(as = "audit-rejected", to = EventType.VOTE_REJECTED, batch = 500)
@Listens(as = "audit-duplicated", to = EventType.VOTE_DUPLICATED, batch = 500)
@Listens(as = "audit-opened", to = EventType.CONTEST_OPENED, batch = 100)
@Listens(as = "audit-closed", to = EventType.CONTEST_CLOSED, batch = 100)
@Listens(as = "audit-parked", to = EventType.EVENT_PARKED, batch = 100)
@Listens(as = "audit-outcome", to = EventType.OUTCOME_ASKED, by = By.REQUEST, batch = 100)
public final class AuditVotes implements Step {
  private final AuditBook book;
  private final Trails trails;
  private final AuditMetrics metrics;

  AuditVotes(AuditBook book, Trails trails, AuditMetrics metrics) {
    this.book = book;
    this.trails = trails;
    this.metrics = metrics;
  }

  /** audit over a database of the caller's choice, as a process of its own would make it. */
  public static AuditVotes over(DataSource database) {
    return new AuditVotes(
        new AuditBook(database),
        new Trails(database),
        new AuditMetrics(new CompositeMeterRegistry()));
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public List<Answer> answer(List<Event> batch) throws SQLException {
    List<Note> notes = batch.stream().map(TakeNotes::of).flatMap(Optional::stream).toList();
    if (!notes.isEmpty()) {
      metrics.countDuplicates(book.write(notes));
    }
    Map<VoteId, List<TrailEntry>> asked = trails.of(asked(batch));
    return batch.stream().map(event -> answer(event, asked)).toList();
  }

  private static Set<VoteId> asked(List<Event> batch) {
    return batch.stream()
        .map(Event::fact)
        .filter(OutcomeAsked.class::isInstance)
        .map(fact -> ((OutcomeAsked) fact).voteId())
        .collect(Collectors.toSet());
  }

  private static Answer answer(Event event, Map<VoteId, List<TrailEntry>> trails) {
    if (event.fact() instanceof OutcomeAsked question) {
      VoteId vote = question.voteId();
      List<TrailEntry> trail = trails.getOrDefault(vote, List.of());
      return Answer.emit(new OutcomeTold(vote, TellOutcome.of(trail).orElse(null)));
    }
    return Answer.nothing();
  }
}
