package io.scrutin.results;

import io.scrutin.event.Contest;
import io.scrutin.results.Results.Count;
import io.scrutin.results.Results.Label;
import java.time.Instant;
import java.util.List;

/** What of a tally may be seen. */
final class PublishResults {
  private PublishResults() {}

  /**
   * A live tally is passed on as it is: it moves by groups of ballots, so that no single one shows.
   *
   * <p>Final once the result is certified: that no envelope waits and no vote is on its way is for
   * contests to find out, and this function's role may not look at it.
   */
  static Results of(Contest contest, Tally tally, Instant now) {
    String policy =
        switch (contest.policy().visibility()) {
          case LIVE -> "live";
          case AT_CLOSE -> "at-close";
        };
    if (!contest.showsCountsAt(now)) {
      return new Results(
          contest.lawId(), policy, false, false, null, null, null, contest.closesAt(), null);
    }
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
