package io.scrutin.audit;

import static io.scrutin.audit.Notes.CLOSES;
import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.contest;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.audit.Figures.OfChoice;
import io.scrutin.audit.Integrity.Check;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckIntegrityTest {
  private static final Duration SETTLING_TIME = Duration.ofSeconds(60);
  private static final Instant SETTLED = CLOSES.plus(SETTLING_TIME).plusNanos(1);

  private static Figures figures(long participations, long waiting, long inTrail, long nonInTally) {
    List<OfChoice> choices = List.of(new OfChoice("non", 2, nonInTally), new OfChoice("oui", 4, 4));
    return new Figures(participations, waiting, 6, 1, inTrail, choices);
  }

  private static Integrity live(Figures figures, Instant now) {
    return CheckIntegrity.of(contest(Visibility.LIVE), figures, now, SETTLING_TIME);
  }

  private static Check check(Integrity integrity, String name) {
    return integrity.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findsEveryParticipationInItsEnvelopeOrTheBoxOrSpoiled() {
    assertThat(check(live(figures(10, 3, 10, 2), DURING), "participations_are_ballots"))
        .isEqualTo(new Check("participations_are_ballots", null, 10L, 10L, 0, true));
  }

  @Test
  void missesABallot() {
    Integrity integrity = live(figures(10, 2, 10, 2), DURING);
    assertThat(integrity.ok()).isFalse();
    assertThat(check(integrity, "participations_are_ballots").difference()).isEqualTo(-1);
  }

  @Test
  void findsABallotTooMany() {
    Integrity integrity = live(figures(10, 4, 10, 2), DURING);
    assertThat(integrity.ok()).isFalse();
    assertThat(check(integrity, "participations_are_ballots").difference()).isEqualTo(1);
  }

  @Test
  void letsTheTrailBeBehindUntilAllIsSettled() {
    assertThat(live(figures(10, 3, 9, 2), DURING).ok()).isTrue();
    assertThat(live(figures(10, 3, 9, 2), SETTLED.minusNanos(1)).ok()).isTrue();
    assertThat(live(figures(10, 3, 9, 2), SETTLED).ok()).isFalse();
    assertThat(live(figures(10, 3, 10, 2), SETTLED).ok()).isTrue();
  }

  @Test
  void neverLetsTheTrailBeAhead() {
    assertThat(live(figures(10, 3, 11, 2), DURING).ok()).isFalse();
  }

  @Test
  void comparesTheTallyWithARecountOfTheBox() {
    Integrity integrity = live(figures(10, 3, 10, 3), DURING);
    assertThat(integrity.checks())
        .contains(
            new Check("tally_is_recount", "non", 2L, 3L, 1, false),
            new Check("tally_is_recount", "oui", 4L, 4L, 0, true));
    assertThat(integrity.ok()).isFalse();
  }

  @Test
  void namesNoChoiceWhileThePolicyWithholdsCounts() {
    Integrity before =
        CheckIntegrity.of(
            contest(Visibility.AT_CLOSE),
            figures(10, 3, 10, 3),
            SETTLED.minusNanos(1),
            SETTLING_TIME);
    assertThat(before.checks())
        .contains(new Check("tally_is_recount", null, null, null, 1, false))
        .allSatisfy(check -> assertThat(check.choice()).isNull());
    Integrity waiting =
        CheckIntegrity.of(
            contest(Visibility.AT_CLOSE), figures(10, 3, 10, 2), SETTLED, SETTLING_TIME);
    assertThat(waiting.checks())
        .as("an envelope waits")
        .allSatisfy(check -> assertThat(check.choice()).isNull());
    Integrity after =
        CheckIntegrity.of(
            contest(Visibility.AT_CLOSE), figures(7, 0, 7, 3), SETTLED, SETTLING_TIME);
    assertThat(after.checks()).contains(new Check("tally_is_recount", "oui", 4L, 4L, 0, true));
  }

  @Test
  void isSettledOnceTheContestIsOverAndNoEnvelopeWaits() {
    assertThat(live(figures(10, 3, 10, 2), SETTLED).settled()).isFalse();
    assertThat(live(figures(7, 0, 7, 2), SETTLED).settled()).isTrue();
    assertThat(live(figures(7, 0, 7, 2), SETTLED.minusNanos(1)).settled()).isFalse();
  }

  @Test
  void tellsAWrongFigureExactlyThoughItHidesThoseThatAreRight() {
    Contest hiding =
        Notes.contest(Notes.LAW, new ResultsPolicy(Visibility.LIVE, 10), Notes.OPENS, Notes.CLOSES);
    Integrity wrong = CheckIntegrity.of(hiding, figures(10, 2, 9, 2), DURING, SETTLING_TIME);
    assertThat(check(wrong, "participations_are_ballots"))
        .isEqualTo(new Check("participations_are_ballots", null, null, null, -1, false));
    assertThat(check(wrong, "trail_is_complete"))
        .isEqualTo(new Check("trail_is_complete", null, null, null, 0, true));
    assertThat(wrong.participations()).isZero();
  }
}
