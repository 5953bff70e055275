package io.scrutin.contests;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.contest.PostgresTime;
import io.scrutin.event.EventCodec;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** What contests is made of. The names keep functions apart that share one process. */
@Factory
final class ContestsBeans {
  @Bean(preDestroy = "close")
  @Singleton
  @Named("contests")
  BrokerLink broker(@Property(name = "scrutin.nats-url") String url) {
    return BrokerLink.open(url, "contests");
  }

  @Singleton
  ContestBook book(@Named("contests") DataSource database, EventCodec codec) {
    return new ContestBook(database, codec, PostgresTime::on);
  }

  @Singleton
  DrainedContests drained(
      ContestBook book,
      @Named("contests") BrokerLink broker,
      @Property(name = "scrutin.environment", defaultValue = "local") String environment) {
    return new DrainedContests(book, broker, environment);
  }

  @Singleton
  Announcements announcements(
      @Named("contests") DataSource database,
      @Named("contests") BrokerLink broker,
      EventCodec codec,
      @Property(name = "scrutin.environment", defaultValue = "local") String environment) {
    EventPublisher publisher = new EventPublisher(broker, environment, codec);
    return new Announcements(
        new Outbox(database, codec, publisher::publish), broker, environment, codec);
  }
}
