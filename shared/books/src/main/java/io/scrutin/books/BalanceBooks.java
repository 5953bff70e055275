package io.scrutin.books;

import io.scrutin.books.Figures.OfChoice;
import io.scrutin.books.Figures.OfStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which figures must be the same, and what it means when they are not. */
final class BalanceBooks {
  /** What has no id of its own. */
  static final String WHOLE = "-";

  private static final List<String> STEPS =
      List.of("cast", "recorded", "duplicated", "rejected", "parked");
  private static final int DUPLICATED = 3;

  private final Figures figures;
  private final List<Line> lines = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long found;

  private BalanceBooks(Figures figures) {
    this.figures = figures;
  }

  static Balance of(Figures figures) {
    return new BalanceBooks(figures).balance();
  }

  private Balance balance() {
    casts();
    participations();
    tally();
    roll();
    index();
    attempts();
    counters();
    for (Discrepancy discrepancy : Discrepancy.values()) {
      list(discrepancy, figures.listed(discrepancy));
    }
    return new Balance(
        figures.contest().lawId(),
        figures.at(),
        !figures.at().isBefore(figures.contest().closesAt()),
        figures.roll().complete() && figures.index().isPresent(),
        figures.casts().unaccounted(),
        figures.casts().votes(),
        figures.ballots(),
        lines,
        differences,
        found,
        notes);
  }

  private void list(Discrepancy discrepancy, Listed listed) {
    listed.ids().forEach(id -> differ(discrepancy.book(), id, discrepancy.text()));
    // Those beyond the list count as well.
    found += listed.total() - listed.ids().size();
    if (listed.total() > listed.ids().size()) {
      notes.add(
          number(listed.total() - listed.ids().size())
              + " more of: "
              + discrepancy.text()
              + " (not listed)");
    }
  }

  private void differ(Book book, String id, String text) {
    differences.add(new Difference(book, id, text));
    found++;
  }

  private void casts() {
    Balance.Votes votes = figures.casts().votes();
    long accountedFor =
        votes.recorded()
            + votes.duplicated()
            + votes.rejected()
            + votes.pending()
            + votes.parked()
            + votes.discarded();
    lines.add(Line.of(Book.CASTS, "votes cast = their outcomes", votes.cast(), accountedFor));
    lines.add(
        Line.of(
            Book.CASTS,
            "casts that audit must know = knows",
            figures.casts().due(),
            figures.casts().noted()));
    if (votes.discarded() > 0) {
      notes.add(
          number(votes.discarded())
              + " votes were parked, and given up by a person: ./scrutin parked list says why");
    }
    if (figures.casts().onTheWay() > 0) {
      notes.add(number(figures.casts().onTheWay()) + " messages of any contest are on their way");
    }
    if (figures.casts().purgedTo() > 0) {
      notes.add(
          "the stream of casts is purged up to sequence "
              + number(figures.casts().purgedTo())
              + ": audit's trail stands for "
              + number(figures.casts().purged())
              + " casts");
    }
    if (figures.casts().unaccounted() > 0) {
      notes.add(
          number(figures.casts().unaccounted())
              + " casts of any contest were purged, and audit's trail does not know them: retries,"
              + " or votes that nobody has read. The result cannot be published");
    }
  }

  private void participations() {
    Balance.Ballots ballots = figures.ballots();
    long places = ballots.waiting() + ballots.inBox() + ballots.spoiled();
    lines.add(
        Line.of(
            Book.PARTICIPATIONS,
            "participations = envelopes + box + spoiled",
            ballots.participations(),
            places));
    if (places != ballots.participations()) {
      String text =
          places < ballots.participations()
              ? " recorded votes are in no envelope, not in the box and not spoiled"
              : " envelopes and ballots more than recorded votes";
      differ(
          Book.PARTICIPATIONS, WHOLE, number(Math.abs(places - ballots.participations())) + text);
    }
    lines.add(
        Line.of(
            Book.PARTICIPATIONS,
            "participations = recorded in the trail",
            ballots.participations(),
            figures.trail().recorded()));
  }

  /** While counts may not be seen, neither is any choice named: that it differs is all to say. */
  private void tally() {
    boolean visible = figures.contest().showsCountsAt(figures.at());
    List<OfChoice> differing =
        figures.choices().stream().filter(c -> c.inBox() != c.inTally()).toList();
    List<OfChoice> strange =
        figures.choices().stream().filter(c -> !figures.contest().hasChoice(c.choice())).toList();
    if (visible) {
      figures.choices().forEach(c -> lines.add(line(c)));
      differing.forEach(
          c ->
              differ(
                  Book.TALLY,
                  c.choice(),
                  "the box has " + number(c.inBox()) + ", the tally " + number(c.inTally())));
      strange.forEach(c -> differ(Book.TALLY, c.choice(), "is not on the ballot"));
      return;
    }
    long inBox = figures.choices().stream().mapToLong(OfChoice::inBox).sum();
    long inTally = figures.choices().stream().mapToLong(OfChoice::inTally).sum();
    lines.add(
        new Line(Book.TALLY, "all choices, recount = tally", inBox, inTally, differing.isEmpty()));
    if (!differing.isEmpty()) {
      differ(Book.TALLY, WHOLE, "the tally differs from a recount of the box");
    }
    if (!strange.isEmpty()) {
      differ(Book.TALLY, WHOLE, "the box or the tally names a choice that is not on the ballot");
    }
  }

  private static Line line(OfChoice choice) {
    return Line.of(
        Book.TALLY, "recount = tally: " + choice.choice(), choice.inBox(), choice.inTally());
  }

  private void roll() {
    Figures.Roll roll = figures.roll();
    if (roll.size().isEmpty() || !roll.complete()) {
      notes.add(
          roll.size().isEmpty()
              ? "the contest has no roll: it was not compared"
              : "the roll is still loading: it was not compared");
      return;
    }
    long size = roll.size().get();
    lines.add(Line.of(Book.ROLL, "size of the roll = its voters", size, roll.rows()));
    if (size != roll.rows()) {
      differ(
          Book.ROLL,
          WHOLE,
          "the roll was complete with " + number(size) + " voters and has " + number(roll.rows()));
    }
    long participations = figures.ballots().participations();
    long strangers = figures.listed(Discrepancy.STRANGER).total();
    lines.add(
        Line.of(
            Book.ROLL,
            "participations = of voters on the roll",
            participations,
            participations - strangers));
  }

  private void index() {
    if (figures.index().isEmpty()) {
      if (figures.roll().complete()) {
        notes.add(Balance.REDIS_AWAY);
      }
      return;
    }
    Figures.Index index = figures.index().get();
    boolean agrees =
        figures.listed(Discrepancy.EXTRA_IN_INDEX).total() == 0
            && figures.listed(Discrepancy.MISSING_IN_INDEX).total() == 0;
    lines.add(
        new Line(
            Book.ROLL,
            "voters of " + number(index.buckets()) + " buckets = in Redis",
            index.onRoll(),
            index.members(),
            agrees));
    if (index.onRoll() < figures.roll().rows()) {
      notes.add(
          number(figures.roll().rows() - index.onRoll())
              + " voters are in buckets that are not loaded into Redis: Postgres is asked for them");
    }
    if (index.idleClaims() > 0) {
      notes.add(
          number(index.idleClaims())
              + " places are taken in Redis without a recorded vote: they hold nobody up");
    }
  }

  private void attempts() {
    lines.add(
        Line.of(
            Book.ATTEMPTS,
            "duplicates in the trail = numbered",
            figures.trail().rows(DUPLICATED),
            figures.trail().attempts()));
  }

  private void counters() {
    for (OfStep step : figures.trail().steps()) {
      String name = STEPS.get(step.step() - 1);
      lines.add(Line.of(Book.COUNTERS, "trail = counter: " + name, step.rows(), step.counted()));
      if (step.rows() != step.counted()) {
        differ(
            Book.COUNTERS,
            name,
            "the trail has " + number(step.rows()) + ", its counter " + number(step.counted()));
      }
    }
  }

  private static String number(long figure) {
    return String.format(Locale.ROOT, "%,d", figure);
  }
}
