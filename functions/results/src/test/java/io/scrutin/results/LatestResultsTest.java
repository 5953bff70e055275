package io.scrutin.results;

import static io.scrutin.results.Laws.contest;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.json.JsonMapper;
import io.scrutin.contest.Contests;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.EventCodec;
import io.scrutin.redis.RedisLink;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class LatestResultsTest {
  /** Nothing listens there. */
  private static final String NO_REDIS = "redis://127.0.0.1:1";

  private final TestDatabase database = TestPostgres.freshDatabase();
  private final AtomicInteger connections = new AtomicInteger();

  /** Passes everything on, and counts the connections that are asked for. */
  private DataSource counted(DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, arguments) -> {
              if (method.getName().equals("getConnection")) {
                connections.incrementAndGet();
              }
              try {
                return method.invoke(source, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  @Test
  void asksPostgresOnceASecondHoweverManyReadersThereAre() throws Exception {
    new Laws(database).open(contest("law-1", Visibility.LIVE, Instant.now().plusSeconds(3600)));
    DataSource tallies = counted(database.dataSource("results"));
    Clock clock = Clock.systemUTC();
    JsonMapper json = JsonMapper.createDefault();
    try (RedisLink away = new RedisLink(NO_REDIS);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      LatestResults latest =
          new LatestResults(
              new Contests(
                  database.dataSource("results"), new EventCodec(), clock, System::nanoTime),
              new TallyTable(tallies),
              new ResultsCache(away, "test", json),
              json,
              new ResultsMetrics(new SimpleMeterRegistry()));
      Callable<Finding> reader = () -> latest.find("law-1");
      Instant start = Instant.now();
      for (Future<Finding> found : readers.invokeAll(Collections.nCopies(10_000, reader))) {
        assertThat(found.get()).isInstanceOf(Finding.Found.class);
      }
      long seconds = Duration.between(start, Instant.now()).toSeconds();
      assertThat(connections.get()).isPositive().isLessThanOrEqualTo((int) seconds + 1);
    }
  }
}
