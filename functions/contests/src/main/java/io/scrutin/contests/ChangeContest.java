package io.scrutin.contests;

import io.scrutin.books.Balance;
import io.scrutin.contests.Change.Done;
import io.scrutin.contests.Change.NothingToDo;
import io.scrutin.contests.Change.Reason;
import io.scrutin.contests.Change.Refused;
import io.scrutin.event.Contest;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rule book of a contest's life. */
final class ChangeContest {
  /**
   * Who judges a vote may look at contests that are up to 10 s old, and its clock, the broker's and
   * the one that set the end may be 5 s apart. A nearer end could pass before everybody knows of
   * it, and votes stamped after it would be taken by some and refused by others.
   */
  static final Duration KNOWN_AFTER = Duration.ofSeconds(15);

  /** The margin counts from the decision: 2 s for the change to be written, 3 s to be committed. */
  static final Duration LEAST_MARGIN = KNOWN_AFTER.plusSeconds(5);

  static final Duration MARGIN = Duration.ofSeconds(60);

  /**
   * What must be known before a result is certified.
   *
   * @param behind the readers of votes that have not passed the closing
   * @param settling how long after the end votes may still be between two steps
   */
  record Closing(List<String> behind, Figures figures, BooksRead books, Duration settling) {
    Closing {
      behind = List.copyOf(behind);
    }
  }

  private ChangeContest() {}

  /** A contest made again, as it was, is the same; its key is not compared: each try makes one. */
  static Change create(Optional<ContestRow> known, Contest contest) {
    if (known.isEmpty()) {
      return new Done(new ContestRow(contest, ContestState.DRAFT), List.of());
    }
    Contest before = known.get().contest();
    Contest sameKey =
        new Contest(
            contest.lawId(),
            contest.title(),
            contest.question(),
            contest.choices(),
            contest.opensAt(),
            contest.closesAt(),
            contest.policy(),
            contest.tagScheme(),
            before.ballotKey());
    return before.equals(sameKey)
        ? new NothingToDo(known.get())
        : new Refused(
            Reason.EXISTS, "there is another contest of law " + contest.lawId() + " already");
  }

  /** May be ahead of the moment from which it takes votes, so that everybody knows of it then. */
  static Change open(ContestRow row, Instant now) {
    return switch (row.state()) {
      case DRAFT ->
          row.isOverAt(now)
              ? new Refused(
                  Reason.OPENING_PAST,
                  "it would have ended at " + row.contest().closesAt() + ": create another")
              : new Done(row.in(ContestState.OPEN), List.of(new ContestOpened(row.contest())));
      case OPEN -> new NothingToDo(row);
      case CLOSED, PUBLISHED ->
          new Refused(Reason.ALREADY_OVER, "it ended at " + row.contest().closesAt());
    };
  }

  /**
   * @param asked nothing: as soon as may be
   */
  static Change close(ContestRow row, @Nullable Instant asked, Instant now, Duration margin) {
    if (margin.compareTo(LEAST_MARGIN) < 0) {
      throw new IllegalArgumentException("the margin is at least " + LEAST_MARGIN);
    }
    // Whole milliseconds, up: what is announced is what is kept.
    Instant earliest = now.plus(margin).plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    return switch (row.state()) {
      case DRAFT ->
          new Refused(Reason.NEVER_OPENED, "it is a draft: nobody knows of it, nobody can vote");
      case OPEN -> row.isOverAt(now) ? end(row, now) : closeOpen(row, asked, earliest);
      case CLOSED, PUBLISHED -> new NothingToDo(row);
    };
  }

  private static Change closeOpen(ContestRow row, @Nullable Instant asked, Instant earliest) {
    Instant planned = row.contest().closesAt();
    if (asked == null) {
      return earliest.isBefore(planned) ? closing(row, earliest) : new NothingToDo(row);
    }
    if (asked.equals(planned)) {
      return new NothingToDo(row);
    }
    if (asked.isAfter(planned)) {
      return new Refused(
          Reason.LATER_THAN_PLANNED,
          "it ends at " + planned + ", and an end that was announced is never put off");
    }
    return asked.isBefore(earliest)
        ? new Refused(
            Reason.TOO_SOON, "the earliest end that everybody would know of is " + earliest)
        : closing(row, asked);
  }

  private static Change closing(ContestRow row, Instant closesAt) {
    if (!closesAt.isAfter(row.contest().opensAt())) {
      return new Refused(
          Reason.TOO_SOON,
          "it opens at " + row.contest().opensAt() + " and can only end after that");
    }
    return new Done(
        new ContestRow(row.contest().closingAt(closesAt), ContestState.OPEN),
        List.of(new ContestClosed(row.lawId(), closesAt)));
  }

  /**
   * Whether everybody knows of this end before it comes.
   *
   * @param written no sooner than the moment from which others could read it
   */
  static boolean isKnownInTime(ContestRow row, Instant written) {
    return !row.contest().closesAt().isBefore(written.plus(KNOWN_AFTER));
  }

  /** What the time does. After an early closing the fact was told before, and is the same. */
  static Change end(ContestRow row, Instant now) {
    return row.state() == ContestState.OPEN && row.isOverAt(now)
        ? new Done(
            row.in(ContestState.CLOSED),
            List.of(new ContestClosed(row.lawId(), row.contest().closesAt())))
        : new NothingToDo(row);
  }

  /** Certifies nothing of which anything could still move. */
  static Change publish(ContestRow row, Closing closing, Instant now) {
    return switch (row.state()) {
      case PUBLISHED -> new NothingToDo(row);
      case DRAFT -> new Refused(Reason.NEVER_OPENED, "it is a draft: open it first");
      case OPEN ->
          new Refused(
              Reason.NOT_OVER,
              "it takes votes until " + row.contest().closesAt() + ": close it, or wait");
      case CLOSED -> {
        Instant settled = row.contest().closesAt().plus(closing.settling());
        if (now.isBefore(settled)) {
          yield new Refused(Reason.NOT_SETTLED, "votes may be on their way until " + settled);
        }
        yield obstacle(row, closing)
            .<Change>map(refused -> refused)
            .orElseGet(() -> new Done(row.in(ContestState.PUBLISHED), List.of()));
      }
    };
  }

  private static Optional<Refused> obstacle(ContestRow row, Closing closing) {
    Figures figures = closing.figures();
    BooksRead books = closing.books();
    Balance.Votes votes = books.votes();
    if (!closing.behind().isEmpty()) {
      return refused(
          Reason.CONSUMER_BEHIND,
          "not everybody has read all votes: " + String.join(", ", closing.behind()));
    }
    if (!figures.rollComplete()) {
      return refused(Reason.ROLL_INCOMPLETE, "its roll was never loaded to the end");
    }
    if (books.withoutOutcome() != 0) {
      return refused(
          Reason.VOTES_WITHOUT_OUTCOME,
          books.withNotes(
              "%d votes are on their way, %d parked, %d lost"
                  .formatted(votes.pending(), votes.parked(), votes.lost())));
    }
    if (figures.waiting() != 0) {
      return refused(
          Reason.ENVELOPES_WAIT,
          figures.waiting() + " sealed ballots wait for tally, which opens them by itself");
    }
    boolean known = figures.votes().keySet().stream().allMatch(row.contest()::hasChoice);
    if (!known || !figures.agreeWith(books)) {
      return refused(
          Reason.COUNTS_DIFFER,
          books.withNotes(
              "%d votes are recorded, in the books %d; %d are counted, %d spoiled"
                  .formatted(
                      figures.recorded(), votes.recorded(), figures.counted(), figures.spoiled())));
    }
    return books.differences().isEmpty()
        ? Optional.empty()
        : refused(Reason.BOOKS_DIFFER, books.withNotes(String.join("; ", books.differences())));
  }

  private static Optional<Refused> refused(Reason reason, String detail) {
    return Optional.of(new Refused(reason, detail));
  }
}
