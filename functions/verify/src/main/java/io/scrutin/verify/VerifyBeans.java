package io.scrutin.verify;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.scrutin.ballot.CastMac;
import io.scrutin.contest.Contests;
import io.scrutin.contest.RecordedVotes;
import io.scrutin.credential.KeyFile;
import io.scrutin.event.EventCodec;
import io.scrutin.redis.RedisLink;
import io.scrutin.web.GuardedSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;

/** What verify is made of. The names keep functions apart that share one process. */
@Factory
final class VerifyBeans {
  @Singleton
  @Named("verify")
  CastMac mac(VerifyConfig config) {
    return new CastMac(KeyFile.read(config.keysDir().resolve("mac.key")));
  }

  @Singleton
  @Named("verify")
  Contests contests(@Named("verify") DataSource database, EventCodec codec, Clock clock) {
    return new Contests(database, codec, clock, System::nanoTime);
  }

  @Singleton
  @Named("verify")
  RecordedVotes recordedVotes(@Named("verify") DataSource database) {
    return new RecordedVotes(database);
  }

  @Bean(preDestroy = "close")
  @Singleton
  @Named("verify")
  RedisLink redis(@Property(name = "scrutin.redis-url") String url) {
    return new RedisLink(url);
  }

  @Singleton
  Roll roll(
      @Named("verify") RedisLink redis,
      @Named("verify") DataSource database,
      @Property(name = "scrutin.environment", defaultValue = "local") String environment) {
    return new Roll(redis, database, environment);
  }

  @Singleton
  @Named("verify")
  GuardedSettings settings() {
    return new GuardedSettings("verify", VerifyConfig.class);
  }
}
