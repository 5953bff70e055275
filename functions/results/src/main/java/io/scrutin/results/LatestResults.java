package io.scrutin.results;

import io.micronaut.json.JsonMapper;
import io.scrutin.contest.Contests;
import io.scrutin.event.Contest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results of every law anybody asks for, at most about a second old: however many readers there
 * are, one of them looks, in Redis and then in Postgres, and the others take what it found.
 */
final class LatestResults {
  private static final Logger LOG = LoggerFactory.getLogger(LatestResults.class);

  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  /** One law's. */
  private static final class Slot {
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Published last;
    private volatile long lookAgainAtNanos = System.nanoTime();

    boolean isDue() {
      return System.nanoTime() - lookAgainAtNanos >= 0;
    }

    void keep(@Nullable Published published) {
      last = published;
      lookAgainAtNanos = System.nanoTime() + MAX_AGE.toNanos();
    }
  }

  private final Contests contests;
  private final TallyTable table;
  private final ResultsCache cache;
  private final JsonMapper json;
  private final ResultsMetrics metrics;

  /** Bounded by the contests there are: a law gets its slot once its contest was found. */
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  LatestResults(
      Contests contests,
      TallyTable table,
      ResultsCache cache,
      JsonMapper json,
      ResultsMetrics metrics) {
    this.contests = contests;
    this.table = table;
    this.cache = cache;
    this.json = json;
    this.metrics = metrics;
  }

  Finding find(String lawId) {
    Slot slot = slots.get(lawId);
    if (slot == null) {
      try {
        if (contests.find(lawId).isEmpty()) {
          return new Finding.UnknownLaw();
        }
      } catch (SQLException away) {
        // Once for every reader; GaugeRefresh says it aloud, every ten seconds.
        LOG.debug("no contest could be read: {}", away.toString());
        return new Finding.Away();
      }
      slot = slots.computeIfAbsent(lawId, _ -> new Slot());
    }
    return latest(lawId, slot);
  }

  private Finding latest(String lawId, Slot slot) {
    Published last = slot.last;
    if (last == null) {
      slot.looking.lock();
    } else if (!slot.isDue() || !slot.looking.tryLock()) {
      // Somebody is looking; what is a second old is better than a queue behind a slow database.
      return new Finding.Found(last);
    }
    try {
      if (slot.isDue()) {
        slot.keep(look(lawId).orElseGet(() -> stale(slot.last)));
      }
      Published found = slot.last;
      return found == null ? new Finding.Away() : new Finding.Found(found);
    } finally {
      slot.looking.unlock();
    }
  }

  private Optional<Published> look(String lawId) {
    Optional<Published> cached = cache.get(lawId);
    if (cached.isPresent()) {
      metrics.show(cached.get().results());
      return cached;
    }
    try {
      Optional<Contest> contest = contests.find(lawId);
      if (contest.isEmpty()) {
        return Optional.empty();
      }
      Tally tally = table.read(lawId);
      Published published = publish(PublishResults.of(contest.get(), tally));
      cache.put(published);
      metrics.show(published.results());
      return Optional.of(published);
    } catch (SQLException away) {
      LOG.warn("the tally could not be read: {}", away.toString());
      return Optional.empty();
    }
  }

  private @Nullable Published stale(@Nullable Published last) {
    return last == null ? null : publish(last.results().asStale());
  }

  private Published publish(Results results) {
    try {
      return Published.of(
          results, new String(json.writeValueAsBytes(results), StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
