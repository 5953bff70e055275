package io.scrutin.bench;

import io.scrutin.broker.VoteReaders.Reader;
import java.util.Map;

/**
 * How far everything was.
 *
 * @param atNanos of the clock that drivers use
 * @param left posts that had been sent
 * @param accepted of these, those that had their 202
 * @param tallied ballots counted
 * @param delivered messages, redeliveries included
 * @param waiting messages: delivered and not acked, or not yet delivered
 * @param cpuSeconds by process, since it started
 */
record Moment(
    long atNanos,
    long left,
    long accepted,
    long tallied,
    Map<Reader, Long> delivered,
    Map<Reader, Long> waiting,
    Map<String, Double> cpuSeconds) {
  /** Votes between the voter and the count. */
  long backlog() {
    return left - tallied;
  }

  double secondsAfter(Moment earlier) {
    return (atNanos - earlier.atNanos) / 1e9;
  }
}
