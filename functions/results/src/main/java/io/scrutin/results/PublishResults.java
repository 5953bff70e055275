package io.scrutin.results;

import io.scrutin.event.Contest;
import io.scrutin.results.Results.Count;
import io.scrutin.results.Results.Label;
import java.util.List;

/** What of a tally may be seen. */
final class PublishResults {
  private PublishResults() {}

  /**
   * A live tally is passed on as it is: it moves by groups of ballots, so that no single one shows.
   *
   * <p>One that is withheld until the end is shown once it is complete. No clock is asked, so none
   * that is fast shows it too soon; and as the last ballots are opened together, however few they
   * are, nobody may see the counts without them and learn from the difference what those few chose.
   *
   * <p>Final once the result is certified: that no envelope waits and no vote is on its way is for
   * contests to find out, and this function's role may not look at it.
   */
  static Results of(Contest contest, Tally tally) {
    return switch (contest.policy().visibility()) {
      case LIVE -> shown(contest, tally, "live");
      case AT_CLOSE -> tally.complete() ? shown(contest, tally, "at-close") : withheld(contest);
    };
  }

  private static Results withheld(Contest contest) {
    return new Results(
        contest.lawId(), "at-close", false, false, null, null, null, contest.closesAt(), null);
  }

  private static Results shown(Contest contest, Tally tally, String policy) {
    List<Count> counts = contest.choices().stream().map(choice -> count(choice, tally)).toList();
    long total = counts.stream().mapToLong(Count::votes).sum();
    return new Results(
        contest.lawId(),
        policy,
        true,
        tally.certified(),
        total,
        counts,
        tally.updatedAt(),
        null,
        null);
  }

  private static Count count(Contest.Choice choice, Tally tally) {
    return new Count(
        choice.id(),
        tally.votes().getOrDefault(choice.id(), 0L),
        new Label(choice.label().fr(), choice.label().en()));
  }
}
