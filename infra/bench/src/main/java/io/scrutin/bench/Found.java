package io.scrutin.bench;

import io.scrutin.bench.ProcessUse.Use;
import io.scrutin.books.Balance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a bench.
 *
 * @param trials all that were run, the one that counts last
 * @param moments of the whole time
 * @param accepted votes of all trials that had their 202
 * @param balance what the books say
 * @param off safeguards that were not on
 * @param use of each process, at the end
 * @param redis what Redis's data took
 * @param roofs what each part does alone; empty when they were not asked for
 */
record Found(
    BenchOptions options,
    List<Trial> trials,
    List<Moment> moments,
    long accepted,
    Balance balance,
    List<String> off,
    Map<String, Use> use,
    Redis redis,
    Map<Roof, Double> roofs) {
  /**
   * @param rollBytes when nobody had voted
   * @param allBytes when everybody had who would
   */
  record Redis(long rollBytes, long allBytes) {}

  Found under(Map<Roof, Double> measuredRoofs) {
    return new Found(options, trials, moments, accepted, balance, off, use, redis, measuredRoofs);
  }

  Trial measured() {
    return trials.getLast();
  }

  /** Votes that had their 202 and are not recorded now that everything is at rest. */
  long lost() {
    return Math.max(0, accepted - balance.votes().recorded());
  }

  /** Ballots that no participation stands for. */
  long twice() {
    Balance.Ballots ballots = balance.ballots();
    return Math.max(
        0, ballots.waiting() + ballots.inBox() + ballots.spoiled() - ballots.participations());
  }

  /** Why nothing of it may be believed; empty when it may. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    off.forEach(safeguard -> faults.add("off: " + safeguard));
    if (!balance.balances()) {
      faults.add("the books do not balance: ./scrutin reconcile --dir " + options.dir());
    }
    if (lost() > 0) {
      faults.add(lost() + " votes had their 202 and are not recorded");
    }
    if (twice() > 0) {
      faults.add(twice() + " ballots are nobody's");
    }
    Trial measured = measured();
    if (!measured.sent().allAccepted()) {
      faults.add("not every post was accepted: " + measured.sent().statuses());
    }
    if (measured.sent().driverWasTheBottleneck()) {
      faults.add("the driver was the bottleneck");
    }
    return List.copyOf(faults);
  }
}
