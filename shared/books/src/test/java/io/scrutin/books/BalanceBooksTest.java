package io.scrutin.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.books.Figures.OfChoice;
import io.scrutin.books.Figures.OfStep;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.LocalText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class BalanceBooksTest {
  private static final Instant CLOSES = Instant.parse("2026-06-01T20:00:00Z");
  private static final Instant OPEN = CLOSES.minusSeconds(1);

  private static Contest contest(Visibility visibility) {
    LocalText text = new LocalText("texte", "text");
    return new Contest(
        "law",
        text,
        text,
        List.of(new Choice("oui", text), new Choice("non", text)),
        CLOSES.minusSeconds(86_400),
        CLOSES,
        new ResultsPolicy(visibility, 5),
        "hmac-sha256",
        new BallotKey("key", Bytes.of(new byte[32])));
  }

  /** Of a contest in which {@code yes + no} voted and everything is as it should be. */
  private static Figures figures(
      Visibility visibility, Instant at, long yes, long no, Map<Discrepancy, Listed> listed) {
    long voted = yes + no;
    return new Figures(
        contest(visibility),
        at,
        new Figures.Casts(
            new Balance.Votes(voted, voted, 0, 0, 0, 0, 0, 0), voted, voted, 0, 0, 0, 0),
        new Balance.Ballots(voted, 0, voted, 0),
        List.of(new OfChoice("non", no, no), new OfChoice("oui", yes, yes)),
        new Figures.Roll(Optional.of(voted), true, voted),
        Optional.of(new Figures.Index(10, voted, voted, 0)),
        new Figures.Trail(voted, 0, List.of(new OfStep(1, voted, voted))),
        listed);
  }

  private static Figures withChoices(Visibility visibility, Instant at, OfChoice... choices) {
    Figures whole = figures(visibility, at, 3, 4, Map.of());
    return new Figures(
        whole.contest(),
        at,
        whole.casts(),
        whole.ballots(),
        List.of(choices),
        whole.roll(),
        whole.index(),
        whole.trail(),
        Map.of());
  }

  @Test
  void whatAgreesBalances() {
    Balance balance = BalanceBooks.of(figures(Visibility.LIVE, OPEN, 3, 4, Map.of()));
    assertThat(balance.balances()).isTrue();
    assertThat(balance.finished()).as("it is open").isFalse();
    assertThat(balance.notes()).isEmpty();
    assertThat(BalanceBooks.of(figures(Visibility.LIVE, CLOSES, 3, 4, Map.of())).finished())
        .isTrue();
  }

  @Property
  void equalFiguresAlwaysBalance(
      @ForAll @LongRange(max = 8_000_000) long yes, @ForAll @LongRange(max = 8_000_000) long no) {
    assertThat(BalanceBooks.of(figures(Visibility.AT_CLOSE, OPEN, yes, no, Map.of())).balances())
        .isTrue();
  }

  @Property
  void oneDiscrepancyOfAnyKindNeverBalances(
      @ForAll Discrepancy kind, @ForAll @LongRange(min = 1, max = 500) long total) {
    List<String> ids =
        LongStream.rangeClosed(1, Math.min(total, Balance.MOST_LISTED))
            .mapToObj(Long::toString)
            .toList();
    Balance balance =
        BalanceBooks.of(figures(Visibility.LIVE, OPEN, 3, 4, Map.of(kind, new Listed(total, ids))));
    assertThat(balance.balances()).isFalse();
    assertThat(balance.found()).isEqualTo(total);
    assertThat(balance.differences())
        .hasSize(ids.size())
        .allMatch(difference -> difference.book() == kind.book());
    assertThat(balance.notes()).hasSize(total > Balance.MOST_LISTED ? 1 : 0);
  }

  @Property
  void aTallyThatDiffersNeverBalancesAndTellsNothingBeforeItMay(
      @ForAll @LongRange(max = 1_000) long inBox,
      @ForAll @LongRange(max = 1_000) long inTally,
      @ForAll Visibility visibility) {
    Figures figures =
        withChoices(
            visibility,
            OPEN,
            new OfChoice("oui", inBox, inTally),
            new OfChoice("non", inTally, inBox));
    Balance balance = BalanceBooks.of(figures);
    assertThat(balance.balances()).isEqualTo(inBox == inTally);
    if (visibility == Visibility.AT_CLOSE) {
      assertThat(balance.differences() + " " + balance.lines()).doesNotContain("oui", "non");
    }
  }

  @Test
  void doesNotNameAStrangeChoiceBeforeItMay() {
    Figures figures = withChoices(Visibility.AT_CLOSE, OPEN, new OfChoice("peut-être", 1, 1));
    Balance balance = BalanceBooks.of(figures);
    assertThat(balance.balances()).isFalse();
    assertThat(balance.toString()).doesNotContain("peut-être");
  }

  @Test
  void namesAStrangeChoiceOnceItMay() {
    Figures figures = withChoices(Visibility.AT_CLOSE, CLOSES, new OfChoice("peut-être", 1, 1));
    assertThat(BalanceBooks.of(figures).differences())
        .contains(new Difference(Book.TALLY, "peut-être", "is not on the ballot"));
  }

  @Test
  void withoutRedisOrAWholeRollNothingIsFinished() {
    Figures whole = figures(Visibility.LIVE, CLOSES, 3, 4, Map.of());
    for (Figures.Roll roll :
        List.of(
            new Figures.Roll(Optional.empty(), false, 0),
            new Figures.Roll(Optional.of(9L), false, 7),
            whole.roll())) {
      Figures partly =
          new Figures(
              whole.contest(),
              CLOSES,
              whole.casts(),
              whole.ballots(),
              whole.choices(),
              roll,
              Optional.empty(),
              whole.trail(),
              Map.of());
      Balance balance = BalanceBooks.of(partly);
      assertThat(balance.balances()).isTrue();
      assertThat(balance.finished()).isFalse();
      assertThat(balance.notes()).hasSize(1);
    }
  }

  @Test
  void theRestOfABucketIsNobodysBusinessWithoutItsSentinel() {
    IndexComparison comparison = new IndexComparison();
    comparison.bucket(7, List.of(1L, 2L), List.of(3L));
    assertThat(comparison.figures()).isEqualTo(new Figures.Index(0, 0, 0, 0));
    comparison.bucket(8, List.of(1L, 2L), List.of(Long.MIN_VALUE, 2L, 3L));
    comparison.claims(List.of(1L), List.of(1L, 5L));
    assertThat(comparison.figures()).isEqualTo(new Figures.Index(1, 2, 2, 1));
    assertThat(comparison.listed())
        .containsEntry(
            Discrepancy.EXTRA_IN_INDEX, new Listed(1, List.of("bucket 0008 member 00000000…")))
        .containsEntry(
            Discrepancy.MISSING_IN_INDEX, new Listed(1, List.of("bucket 0008 member 00000000…")));
  }
}
