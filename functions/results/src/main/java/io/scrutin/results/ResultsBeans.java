package io.scrutin.results;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.json.JsonMapper;
import io.scrutin.contest.Contests;
import io.scrutin.event.EventCodec;
import io.scrutin.redis.RedisLink;
import io.scrutin.web.GuardedSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;

/** What results is made of. The names keep functions apart that share one process. */
@Factory
final class ResultsBeans {
  @Singleton
  @Named("results")
  GuardedSettings settings() {
    return new GuardedSettings("results", ResultsConfig.class);
  }

  @Bean(preDestroy = "close")
  @Singleton
  @Named("results")
  RedisLink redis(@Property(name = "scrutin.redis-url") String url) {
    return new RedisLink(url);
  }

  @Singleton
  @Named("results")
  Contests contests(@Named("results") DataSource database, EventCodec codec, Clock clock) {
    return new Contests(database, codec, clock, System::nanoTime);
  }

  @Singleton
  ResultsCache cache(
      @Named("results") RedisLink redis,
      @Property(name = "scrutin.environment", defaultValue = "local") String environment,
      JsonMapper json) {
    return new ResultsCache(redis, environment, json);
  }

  @Singleton
  LatestResults latest(
      @Named("results") Contests contests,
      @Named("results") DataSource database,
      ResultsCache cache,
      JsonMapper json,
      ResultsMetrics metrics) {
    return new LatestResults(contests, new TallyTable(database), cache, json, metrics);
  }
}
