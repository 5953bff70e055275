package io.scrutin.chaos;

import static io.scrutin.chaos.Aftermath.END;
import static io.scrutin.chaos.Aftermath.LAW;
import static io.scrutin.chaos.Aftermath.SENT;
import static io.scrutin.chaos.Aftermath.duplicate;
import static io.scrutin.chaos.Aftermath.givenUp;
import static io.scrutin.chaos.Aftermath.id;
import static io.scrutin.chaos.Aftermath.recorded;
import static io.scrutin.chaos.Aftermath.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.chaos.Breach.Promise;
import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.chaos.Evidence.Count;
import io.scrutin.chaos.Evidence.Outage;
import io.scrutin.chaos.Evidence.Parked;
import io.scrutin.chaos.Evidence.Participation;
import io.scrutin.chaos.Evidence.Planted;
import io.scrutin.chaos.Evidence.Trail;
import io.scrutin.chaos.Evidence.Unbalanced;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A judge who never calls anything a breach would acquit any system. */
class JudgeChaosTest {
  /** What is planted in a sound aftermath, and what must be called. */
  record Breakage(String what, Promise promise, Consumer<Aftermath> by) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Breakage planted(String what, Promise promise, Consumer<Aftermath> by) {
    return new Breakage(what, promise, by);
  }

  private static Set<Promise> broken(Aftermath aftermath) {
    return aftermath.judged().breaches().stream()
        .map(Breach::promise)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Promise.class)));
  }

  @Test
  void findsNothingWrongWhenNothingIs() {
    assertThat(broken(new Aftermath())).isEmpty();
  }

  static Stream<Breakage> planted() {
    return Stream.of(
        planted("no outcome", Promise.LOST, a -> a.trail.remove(id(1))),
        planted("no outcome, cast is there", Promise.LOST, a -> a.trail.remove(id(4))),
        planted(
            "told recorded, and gone",
            Promise.LOST,
            a -> {
              a.participations.remove(id(1));
              a.box.put("non", 1L);
              a.tally.put("non", 1L);
            }),
        planted("a ballot is missing", Promise.LOST, a -> a.box.put("oui", 1L)),
        planted("a ballot still waits", Promise.LOST, a -> a.waiting = 1),
        planted("a ballot too many", Promise.DOUBLE, a -> a.box.put("oui", 3L)),
        planted(
            "two recorded votes",
            Promise.DOUBLE,
            a -> {
              a.participations.put(id(4), new Participation(LAW, 0));
              a.trail.put(id(4), recorded());
            }),
        planted(
            "recorded and duplicate",
            Promise.DOUBLE,
            a -> a.trail.put(id(1), new Trail(true, true, false, false, ""))),
        planted(
            "recorded, and nobody sent it",
            Promise.PHANTOM,
            a -> a.participations.put(id(77), new Participation(LAW, 3))),
        planted(
            "recorded for another voter",
            Promise.PHANTOM,
            a -> a.participations.put(id(1), new Participation(LAW, 9))),
        planted("promised under another id", Promise.PHANTOM, a -> a.voteIds.put(1, id(55))),
        planted(
            "a duplicate of nothing",
            Promise.WRONG_REFUSAL,
            a -> {
              a.participations.remove(id(1));
              a.trail.put(id(1), duplicate());
            }),
        planted(
            "rejected as a stranger",
            Promise.WRONG_REFUSAL,
            a -> a.trail.put(id(4), rejected("unknown_credential"))),
        planted(
            "rejected as late, and in time",
            Promise.WRONG_REFUSAL,
            a -> a.trail.put(id(4), rejected("too_late"))),
        planted("refused at the door", Promise.WRONG_REFUSAL, a -> a.answered(4, SENT, 404)),
        planted("closed too early", Promise.WRONG_REFUSAL, a -> a.answered(4, SENT, 409)),
        planted(
            "sealed otherwise",
            Promise.WRONG_CHOICE,
            a -> a.casts.set(0, new Cast(id(0), LAW, Aftermath.IN_TIME, "non"))),
        planted(
            "counted otherwise",
            Promise.WRONG_CHOICE,
            a -> {
              a.box.put("oui", 1L);
              a.box.put("non", 3L);
              a.tally.putAll(a.box);
            }),
        planted("the tally is not the box", Promise.WRONG_CHOICE, a -> a.tally.put("oui", 9L)),
        planted(
            "a late vote counts",
            Promise.LATE,
            a -> a.casts.set(0, new Cast(id(0), LAW, END, "oui"))),
        planted("a count fell", Promise.COUNT_FELL, a -> a.counts.add(new Count("oui", 1))),
        planted("never answered", Promise.UNSETTLED, a -> a.answered(4, SENT, 503)),
        planted("drained too late", Promise.NOT_DRAINED, a -> a.drainSeconds = 61),
        planted("never drained", Promise.NOT_DRAINED, a -> a.drainSeconds = Double.NaN),
        planted("something is pending", Promise.NOT_DRAINED, a -> a.pending = 1),
        planted(
            "something is parked",
            Promise.PARKED,
            a -> a.parked.add(new Parked("store", "local-VOTES", 3))),
        planted(
            "poison is let through",
            Promise.PARKED,
            a -> a.poison.add(new Planted(Poison.FORGED_MAC, "local-CASTS", 7, id(88), true))),
        planted(
            "poison is given up by somebody else, too",
            Promise.PARKED,
            a -> {
              a.poison.add(new Planted(Poison.FORGED_MAC, "local-CASTS", 7, id(88), true));
              a.parked.add(new Parked("verify", "local-CASTS", 7));
              a.parked.add(new Parked("audit-cast", "local-CASTS", 7));
            }),
        planted(
            "who lost a vote may not vote again",
            Promise.NOT_REPLACED,
            a -> {
              Intent lost = a.alsoSent(5, 7, "oui");
              a.removeCast(5);
              a.cut.add(id(5));
              a.sent.put(6, lost.again(6));
            }),
        planted("a vote is parked", Promise.PARKED, a -> a.trail.put(id(4), givenUp())),
        planted(
            "the books differ", Promise.BOOKS, a -> a.differences.add(new Unbalanced("x", "y"))),
        planted(
            "promised without a broker",
            Promise.KEPT_BY_NOBODY,
            a -> a.outages.add(new Outage(Store.BROKER, SENT - 5_000, SENT + 5_000))),
        planted(
            "another failure than 503 without a broker",
            Promise.NOT_KEPT,
            a -> {
              a.told.add(new Told(0, SENT + 100_000, SENT + 100_010, 500, ""));
              a.outages.add(new Outage(Store.BROKER, SENT + 90_000, SENT + 110_000));
            }),
        planted(
            "refused without Postgres",
            Promise.NOT_KEPT,
            a -> {
              a.told.add(new Told(0, SENT + 20_000, SENT + 20_010, 503, ""));
              a.outages.add(new Outage(Store.POSTGRES, SENT + 10_000, SENT + 30_000));
            }),
        planted("a code in a log", Promise.SECRET, a -> a.secretPlaces.add("log submit-1")));
  }

  @ParameterizedTest
  @MethodSource
  void planted(Breakage planted) {
    Aftermath aftermath = new Aftermath();
    planted.by().accept(aftermath);
    assertThat(broken(aftermath)).contains(planted.promise());
  }

  @Test
  void everyPromiseIsPlantedToBeBroken() {
    assertThat(planted().map(Breakage::promise).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Promise.values());
  }

  /** Postgres, which is away, would tell it from the retry of one that counts. */
  @Test
  void takesLaterForTheRightAnswerToAVoteAfterTheEnd() {
    Aftermath aftermath = new Aftermath();
    aftermath.told.add(new Told(0, SENT + 100_000, SENT + 100_010, 503, ""));
    aftermath.outages.add(new Outage(Store.POSTGRES, SENT + 90_000, SENT + 110_000));
    assertThat(broken(aftermath)).isEmpty();
  }

  @Test
  void countsWhatWasCutFromTheTailApart() {
    Aftermath aftermath = new Aftermath();
    aftermath.alsoSent(5, 7, "oui");
    aftermath.removeCast(5);
    aftermath.cut.add(id(5));
    Verdict verdict = aftermath.judged();
    assertThat(verdict.breaches()).isEmpty();
    assertThat(verdict.lostTail()).isEqualTo(1);
  }

  @Test
  void findsPoisonThatIsGivenUpAndNamedInTheBooksInOrder() {
    Aftermath aftermath = new Aftermath();
    aftermath.poison.add(new Planted(Poison.FORGED_MAC, "local-CASTS", 7, id(88), true));
    aftermath.poison.add(new Planted(Poison.TRUNCATED_CAST, "local-CASTS", 9, "", false));
    aftermath.parked.add(new Parked("verify", "local-CASTS", 7));
    aftermath.differences.add(new Unbalanced(id(88), "is parked"));
    aftermath.differences.add(new Unbalanced("local-CASTS 9", "names no vote"));
    assertThat(broken(aftermath)).isEmpty();
  }

  @Test
  void isNotConsoledByACutForAVoteThatTheBrokerStillHas() {
    Aftermath aftermath = new Aftermath();
    aftermath.alsoSent(5, 7, "oui");
    aftermath.cut.add(id(5));
    assertThat(broken(aftermath)).containsExactly(Promise.LOST);
  }

  @Test
  void allowsARefusalOfWhatCameLate() {
    Aftermath aftermath = new Aftermath();
    aftermath.alsoSent(5, 7, "oui");
    aftermath.removeCast(5);
    aftermath.casts.add(new Cast(id(5), LAW, END, "oui"));
    aftermath.trail.put(id(5), rejected("too_late"));
    aftermath.alsoSent(6, 8, "oui");
    aftermath.removeCast(6);
    aftermath.answered(6, END.toEpochMilli() + 1, 409);
    assertThat(broken(aftermath)).isEmpty();
  }
}
