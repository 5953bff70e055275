package io.scrutin.chaos;

import io.scrutin.chaos.Breach.Promise;
import io.scrutin.chaos.Evidence.Outage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Whether each post was answered as it had to be at that moment. */
final class JudgeAnswers {
  private static final int UNAVAILABLE = 503;
  private static final int CONFLICT = 409;

  /** What was under way when a server died may still be answered by it. */
  private static final long UNDER_WAY_MILLIS = 500;

  private final Evidence evidence;
  private final List<Breach> breaches = new ArrayList<>();

  private JudgeAnswers(Evidence evidence) {
    this.evidence = evidence;
  }

  static List<Breach> of(Evidence evidence) {
    JudgeAnswers judge = new JudgeAnswers(evidence);
    judge.settled();
    evidence.ledger().told().forEach(judge::form);
    evidence.outages().forEach(judge::outage);
    return judge.breaches;
  }

  private void settled() {
    Set<Integer> settled = new HashSet<>();
    Map<Integer, Told> last = new HashMap<>();
    for (Told told : evidence.ledger().told()) {
      last.put(told.number(), told);
      if (!told.isOpen()) {
        settled.add(told.number());
      }
    }
    for (Integer number : evidence.ledger().sent().keySet()) {
      if (!settled.contains(number)) {
        Told answer = last.get(number);
        String said = answer == null ? "never answered" : "at last " + answer.status();
        breach(Promise.UNSETTLED, "intent " + number + ": " + said);
      }
    }
  }

  /** Every post is well-formed and of somebody on the roll: only the end may refuse it. */
  private void form(Told told) {
    if (told.isPromise() || told.isOpen()) {
      return;
    }
    Intent intent = Objects.requireNonNull(evidence.ledger().sent().get(told.number()));
    if (told.status() != CONFLICT || told.toldMillis() < end(told)) {
      breach(Promise.WRONG_REFUSAL, intent + " was answered " + told.status());
    }
  }

  private void outage(Outage outage) {
    for (Told told : evidence.ledger().told()) {
      boolean during =
          told.sentMillis() > outage.fromMillis() + UNDER_WAY_MILLIS
              && told.toldMillis() < outage.untilMillis();
      if (during && told.status() != CONFLICT) {
        during(outage, told);
      }
    }
  }

  private void during(Outage outage, Told told) {
    switch (outage.store()) {
      case BROKER -> {
        if (told.status() == 202) {
          breach(Promise.KEPT_BY_NOBODY, "intent " + told.number());
        } else if (told.status() != UNAVAILABLE && told.status() != 200) {
          breach(
              Promise.NOT_KEPT,
              "intent " + told.number() + ": " + told.status() + " instead of 503, no broker");
        }
      }
      case REDIS, POSTGRES -> {
        if (!told.isPromise() && !isLaterForALateOne(told)) {
          breach(
              Promise.NOT_KEPT,
              "intent "
                  + told.number()
                  + ": "
                  + told.status()
                  + " instead of 202, without "
                  + outage.store().server());
        }
      }
    }
  }

  /**
   * After the end whoever answers must know whether this is the retry of a vote that came in time.
   * While that cannot be told, "later" is what the promise asks for.
   */
  private boolean isLaterForALateOne(Told told) {
    return told.status() == UNAVAILABLE && told.toldMillis() >= end(told);
  }

  private long end(Told told) {
    Intent intent = Objects.requireNonNull(evidence.ledger().sent().get(told.number()));
    return Objects.requireNonNull(evidence.contests().get(intent.lawId()))
        .closesAt()
        .toEpochMilli();
  }

  private void breach(Promise promise, String what) {
    breaches.add(new Breach(promise, what));
  }
}
