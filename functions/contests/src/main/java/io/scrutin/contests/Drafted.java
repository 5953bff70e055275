package io.scrutin.contests;

import io.scrutin.event.Contest;
import io.scrutin.event.LocalText;
import java.time.Instant;
import java.util.List;

/** What {@link CheckDraft} says of a draft. */
sealed interface Drafted {
  /** All that a contest is but its key. */
  record Valid(
      String lawId,
      LocalText title,
      LocalText question,
      List<Contest.Choice> choices,
      Instant opensAt,
      Instant closesAt,
      Contest.ResultsPolicy policy,
      String tagScheme,
      List<String> warnings)
      implements Drafted {
    public Valid {
      choices = List.copyOf(choices);
      warnings = List.copyOf(warnings);
    }

    Contest with(Contest.BallotKey key) {
      return new Contest(
          lawId, title, question, choices, opensAt, closesAt, policy, tagScheme, key);
    }
  }

  /** Everything that is wrong, at once. */
  record Wrong(List<String> faults) implements Drafted {
    public Wrong {
      faults = List.copyOf(faults);
    }
  }
}
