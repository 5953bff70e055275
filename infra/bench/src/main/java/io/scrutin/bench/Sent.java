package io.scrutin.bench;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a driver sent and was told.
 *
 * @param accepted answers of 202, and of 200 to those who waited for the outcome
 * @param recorded of these, who were told that their vote is recorded
 * @param statuses how often each other status came; 0 for no answer
 * @param answered nanoseconds from the moment a post was due to its answer, of those who did not
 *     wait
 * @param recordedAfter the same to the outcome, of those who waited for it
 * @param late posts that left more than {@link DriverRun#LATE} after they were due because the
 *     driver itself was not there
 * @param took the whole run
 * @param driverCpu of the one thread that drives
 */
record Sent(
    long posts,
    long accepted,
    long recorded,
    Map<Integer, Long> statuses,
    Histogram answered,
    Histogram recordedAfter,
    long late,
    Duration took,
    Duration driverCpu) {
  /** Past it, what was measured is the driver. */
  private static final double MOST_OF_A_CORE = 0.9;

  double driverShare() {
    return (double) driverCpu.toNanos() / Math.max(1, took.toNanos());
  }

  boolean driverWasTheBottleneck() {
    return driverShare() > MOST_OF_A_CORE;
  }

  boolean allAccepted() {
    return accepted == posts;
  }

  double answeredMillis(double percentile) {
    return answered.getValueAtPercentile(percentile) / 1e6;
  }

  /** NaN when nobody waited. */
  double recordedMillis(double percentile) {
    return recordedAfter.getTotalCount() == 0
        ? Double.NaN
        : recordedAfter.getValueAtPercentile(percentile) / 1e6;
  }
}
