package io.scrutin.contests;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contest close}. */
@Command(
    name = "close",
    description = "Have a contest end sooner than planned, but late enough for all to know of it.")
final class CloseVerb implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "LAW")
  private String law = "";

  @Option(names = "--at", description = "a moment with its offset; otherwise as soon as may be")
  private @Nullable String at;

  @Option(names = "--margin", description = "seconds that the end is ahead at least (60)")
  private long marginSeconds = ChangeContest.MARGIN.toSeconds();

  CloseVerb(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws Exception {
    Duration margin = Duration.ofSeconds(marginSeconds);
    if (margin.compareTo(ChangeContest.LEAST_MARGIN) < 0) {
      return desk.refuse(
          Desk.MISUSED,
          List.of(
              ("--margin is at least %d s: views of a contest are up to 10 s old, clocks 5 s apart,"
                      + " and an end takes up to 5 s to be written")
                  .formatted(ChangeContest.LEAST_MARGIN.toSeconds())));
    }
    Instant asked;
    try {
      asked = at == null ? null : OffsetDateTime.parse(at).toInstant();
    } catch (DateTimeException noMoment) {
      return desk.refuse(
          Desk.MISUSED, List.of("--at: a moment is written 2026-11-21T20:00:00-05:00"));
    }
    Change change =
        desk.book().change(law, (row, now) -> ChangeContest.close(row, asked, now, margin));
    return switch (change) {
      case Change.Done done -> {
        Instant written = desk.book().now();
        desk.say(law + " ends at " + done.row().contest().closesAt() + ".");
        if (!ChangeContest.isKnownInTime(done.row(), written)) {
          warn(done.row(), written);
        }
        desk.announce();
        yield Desk.DONE;
      }
      case Change.NothingToDo nothing -> {
        desk.say(
            law + " ends at " + nothing.row().contest().closesAt() + " already: nothing to do.");
        desk.announce();
        yield Desk.DONE;
      }
      case Change.Refused refused -> desk.refuse(refused);
    };
  }

  /** It is committed, and an end is never put off: what is left is to look at those few votes. */
  private void warn(ContestRow row, Instant written) {
    Instant closesAt = row.contest().closesAt();
    desk.say(
        "Warning: that was written so slowly that the end is only %d s ahead; all know of it after %d s."
            .formatted(
                Duration.between(written, closesAt).toSeconds(),
                ChangeContest.KNOWN_AFTER.toSeconds()));
    desk.say(
        "Votes stamped from %s to %s may have been judged by the end planned before."
            .formatted(closesAt, written.plus(ChangeContest.KNOWN_AFTER)));
    desk.say("Before you publish, compare these in audit's trail: docs/runbook/slow-closing.md.");
  }
}
