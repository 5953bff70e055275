package io.scrutin.verify;

import io.scrutin.event.Contest;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.verify.Verdict.NotYet;
import io.scrutin.verify.Verdict.Rejected;
import io.scrutin.verify.Verdict.Suspect;
import io.scrutin.verify.Verdict.Verified;
import io.scrutin.verify.Verdict.WrongRoll;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rule book of verify. */
final class VerifyVote {
  private VerifyVote() {}

  /**
   * @param genuine whether submit's MAC is right
   * @param stampedAt when the broker took the cast in
   * @param stands whether this very vote is recorded; asked only of one that came too late
   * @param roll asked only when everything else is in order
   */
  static Verdict decide(
      boolean genuine,
      @Nullable Instant stampedAt,
      Optional<Contest> contest,
      BooleanSupplier stands,
      Supplier<RollEntry> roll) {
    if (!genuine) {
      return new Suspect("not from submit");
    }
    if (stampedAt == null) {
      return new Suspect("no stamp of the broker");
    }
    if (contest.isEmpty()) {
      // Submit knew the law; its contest has yet to reach Postgres.
      return new NotYet("contest not known");
    }
    if (stampedAt.isBefore(contest.get().opensAt())) {
      return new Rejected(Reason.TOO_EARLY);
    }
    if (!stampedAt.isBefore(contest.get().closesAt())) {
      // A retry of a vote that counts: a broker that lost its tail may have lost all that was ever
      // said of it, and "too late" would then be the only word its voter gets. Store says it again.
      return stands.getAsBoolean() ? new Verified() : new Rejected(Reason.TOO_LATE);
    }
    return switch (roll.get()) {
      case RollEntry.OnRoll _ -> new Verified();
      case RollEntry.NotOnRoll absent -> refuse(absent.scheme(), contest.get().tagScheme());
      case RollEntry.RollIncomplete _ -> new NotYet("roll is loading");
    };
  }

  /** What the wrong roll lacks says nothing of a voter; somebody has to load the right one. */
  private static Verdict refuse(String rollScheme, String contestScheme) {
    return rollScheme.equals(contestScheme)
        ? new Rejected(Reason.UNKNOWN_CREDENTIAL)
        : new WrongRoll("roll's tags are " + rollScheme + ", contest's " + contestScheme);
  }
}
