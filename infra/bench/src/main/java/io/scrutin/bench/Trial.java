package io.scrutin.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Votes that came at one rate.
 *
 * @param moments while they came, the first at the start
 * @param settled when the last of them was counted, or nobody waited for it any more
 */
record Trial(double perSecond, Sent sent, List<Moment> moments, Moment settled) {
  private static final double MOST_GROWTH = 0.02;

  /** A backlog of so many seconds of votes may come and go. */
  private static final double MOST_SECONDS_BEHIND = 0.5;

  /** What has to fill first: a backlog that stays is not one that grows. */
  private static final int SETTLING_PARTS = 4;

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);

  private Moment first() {
    return moments.getFirst();
  }

  private Moment last() {
    return moments.getLast();
  }

  double talliedPerSecond() {
    Moment from = afterSettling();
    return (last().tallied() - from.tallied()) / last().secondsAfter(from);
  }

  double acceptedPerSecond() {
    Moment from = afterSettling();
    return (last().accepted() - from.accepted()) / last().secondsAfter(from);
  }

  /** Votes a second by which more came than were counted. */
  double growth() {
    Moment from = afterSettling();
    return (last().backlog() - from.backlog()) / last().secondsAfter(from);
  }

  /** Votes that came and were not counted at the end, but for a group that was not full yet. */
  double secondsBehind() {
    return (last().backlog() - Bench.GROUP_SIZE) / perSecond;
  }

  private Moment afterSettling() {
    return moments.get(moments.size() / SETTLING_PARTS);
  }

  /** Whether this rate could go on for ever. */
  boolean isSustained() {
    return sent.allAccepted()
        && (growth() < MOST_GROWTH * perSecond || secondsBehind() < MOST_SECONDS_BEHIND)
        && sent.answeredMillis(99) < LONGEST_ANSWER.toMillis();
  }

  /** By process, until the last vote was counted. */
  Map<String, Double> cpuSecondsPerMillion() {
    Map<String, Double> used = new LinkedHashMap<>();
    settled
        .cpuSeconds()
        .forEach(
            (name, until) -> {
              double before = first().cpuSeconds().getOrDefault(name, 0.0);
              used.put(name, (until - before) / sent.posts() * 1e6);
            });
    return used;
  }

  /** Of all but the driver. */
  double systemCpuSecondsPerMillion() {
    return cpuSecondsPerMillion().entrySet().stream()
        .filter(process -> !process.getKey().equals(Watch.DRIVER))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** How fast the rest was counted once nobody came any more. */
  double drainSeconds() {
    return settled.secondsAfter(last());
  }
}
