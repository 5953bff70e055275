package io.scrutin.results;

import io.micronaut.scheduling.annotation.Scheduled;
import io.scrutin.contest.Contests;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the results when no reader does, or their gauges would stand still. */
@Singleton
final class GaugeRefresh {
  private static final Logger LOG = LoggerFactory.getLogger(GaugeRefresh.class);

  private final Contests contests;
  private final LatestResults latest;

  GaugeRefresh(@Named("results") Contests contests, LatestResults latest) {
    this.contests = contests;
    this.latest = latest;
  }

  @Scheduled(fixedDelay = "10s")
  void look() {
    try {
      contests.all().forEach(contest -> latest.find(contest.lawId()));
    } catch (SQLException away) {
      LOG.warn("no contest could be read: {}", away.toString());
    }
  }
}
