package io.scrutin.dedup;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.scrutin.contest.RecordedVotes;
import io.scrutin.redis.RedisLink;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** What dedup is made of. The names keep functions apart that share one process. */
@Factory
final class DedupBeans {
  @Bean(preDestroy = "close")
  @Singleton
  @Named("dedup")
  RedisLink redis(@Property(name = "scrutin.redis-url") String url) {
    return new RedisLink(url);
  }

  @Singleton
  Claims claims(
      @Named("dedup") RedisLink redis,
      @Property(name = "scrutin.environment", defaultValue = "local") String environment) {
    return new Claims(redis, environment);
  }

  @Singleton
  @Named("dedup")
  RecordedVotes recordedVotes(@Named("dedup") DataSource database) {
    return new RecordedVotes(database);
  }
}
