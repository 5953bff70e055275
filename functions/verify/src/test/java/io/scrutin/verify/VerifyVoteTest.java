package io.scrutin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.LocalText;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.verify.Verdict.NotYet;
import io.scrutin.verify.Verdict.Rejected;
import io.scrutin.verify.Verdict.Suspect;
import io.scrutin.verify.Verdict.Verified;
import io.scrutin.verify.Verdict.WrongRoll;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class VerifyVoteTest {
  private static final Instant OPENS = Instant.parse("2026-06-01T08:00:00Z");
  private static final Instant CLOSES = Instant.parse("2026-06-02T08:00:00Z");
  private static final Instant DURING = OPENS.plusSeconds(3600);

  private static final RollEntry ON_ROLL = new RollEntry.OnRoll();
  private static final RollEntry NOT_ON_ROLL = new RollEntry.NotOnRoll("hmac-sha256");

  static Contest contest() {
    LocalText text = new LocalText("texte", "text");
    return new Contest(
        "law-1",
        text,
        text,
        List.of(new Choice("oui", text), new Choice("non", text)),
        OPENS,
        CLOSES,
        new ResultsPolicy(ResultsPolicy.Visibility.LIVE, 1),
        "hmac-sha256",
        new BallotKey("key-1", Bytes.of(new byte[32])));
  }

  private static Verdict decide(Instant stamp, RollEntry entry) {
    return VerifyVote.decide(true, stamp, Optional.of(contest()), () -> false, () -> entry);
  }

  @Test
  void verifiesVoterOnRollInTime() {
    assertThat(decide(DURING, ON_ROLL)).isEqualTo(new Verified());
  }

  @Test
  void refusesVoterNotOnRoll() {
    assertThat(decide(DURING, NOT_ON_ROLL)).isEqualTo(new Rejected(Reason.UNKNOWN_CREDENTIAL));
  }

  @Test
  void refusesNobodyWhileTheRollIsLoading() {
    assertThat(decide(DURING, new RollEntry.RollIncomplete())).isInstanceOf(NotYet.class);
  }

  @Test
  void refusesNobodyOverARollWhoseTagsAreMadeInAnotherWay() {
    assertThat(decide(DURING, new RollEntry.NotOnRoll("sha256"))).isInstanceOf(WrongRoll.class);
  }

  @Test
  void refusesNobodyWhileTheContestIsUnknown() {
    assertThat(VerifyVote.decide(true, DURING, Optional.empty(), () -> false, () -> NOT_ON_ROLL))
        .isInstanceOf(NotYet.class);
  }

  @Test
  void saysNothingAboutAVoteThatSubmitDidNotIntroduce() {
    assertThat(
            VerifyVote.decide(
                false, DURING, Optional.of(contest()), () -> false, () -> NOT_ON_ROLL))
        .isInstanceOf(Suspect.class);
  }

  @Test
  void saysNothingAboutAVoteThatTheBrokerDidNotStamp() {
    assertThat(VerifyVote.decide(true, null, Optional.of(contest()), () -> false, () -> ON_ROLL))
        .isInstanceOf(Suspect.class);
  }

  @Test
  void countsTheInstantOfOpeningAndNotTheInstantOfClosing() {
    assertThat(decide(OPENS.minusNanos(1), ON_ROLL)).isEqualTo(new Rejected(Reason.TOO_EARLY));
    assertThat(decide(OPENS, ON_ROLL)).isEqualTo(new Verified());
    assertThat(decide(CLOSES.minusNanos(1), ON_ROLL)).isEqualTo(new Verified());
    assertThat(decide(CLOSES, ON_ROLL)).isEqualTo(new Rejected(Reason.TOO_LATE));
  }

  @Test
  void saysOfAVoteThatCountsNeverThatItWasTooLate() {
    assertThat(
            VerifyVote.decide(true, CLOSES, Optional.of(contest()), () -> true, () -> NOT_ON_ROLL))
        .isEqualTo(new Verified());
  }

  @Property
  void countsACastExactlyWhenItWasStampedWhileOpen(
      @ForAll @LongRange(min = -200_000, max = 200_000) long secondsFromOpening) {
    Instant stamp = OPENS.plusSeconds(secondsFromOpening);
    assertThat(decide(stamp, ON_ROLL) instanceof Verified).isEqualTo(contest().isOpenAt(stamp));
  }
}
