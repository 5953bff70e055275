package io.scrutin.submit;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.scheduling.TaskExecutors;
import io.scrutin.ballot.CastMac;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.broker.Requests;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.KeyFile;
import io.scrutin.credential.Sha256Tags;
import io.scrutin.credential.TagScheme;
import io.scrutin.credential.VoteIds;
import io.scrutin.event.EventCodec;
import io.scrutin.web.GuardedSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** What submit is made of. The names keep functions apart that share one process. */
@Factory
final class SubmitBeans {
  private final SubmitConfig config;
  private final String environment;

  SubmitBeans(
      SubmitConfig config,
      @Property(name = "scrutin.environment", defaultValue = "local") String environment) {
    this.config = config;
    this.environment = environment;
  }

  @Singleton
  @Named("submit")
  GuardedSettings settings() {
    return new GuardedSettings("submit", SubmitConfig.class);
  }

  @Bean(preDestroy = "close")
  @Singleton
  @Named("submit")
  BrokerLink broker(@Property(name = "scrutin.nats-url") String url) {
    return BrokerLink.open(url, "submit");
  }

  @Singleton
  BrokerTime brokerTime() {
    return new BrokerTime(System::nanoTime);
  }

  /** Reads from the start of the process on: the first vote should not wait for it. */
  @Bean(preDestroy = "close")
  @Context
  ContestView contests(@Named("submit") BrokerLink broker, BrokerTime time, EventCodec codec) {
    ContestView view = new ContestView(broker, time, environment, codec);
    view.start();
    return view;
  }

  @Singleton
  CastVote castVote(Clock clock) {
    Path keys = config.keysDir();
    TagScheme hmac = new HmacTags(KeyFile.read(keys.resolve("pepper.key")));
    return new CastVote(
        config.sha256Tags() ? List.of(hmac, new Sha256Tags()) : List.of(hmac),
        new VoteIds(KeyFile.read(keys.resolve("request-id.key"))),
        new CastMac(KeyFile.read(keys.resolve("mac.key"))),
        clock);
  }

  @Singleton
  ClientAddress clientAddress() {
    return new ClientAddress(config.trustedRanges());
  }

  @Singleton
  AskOutcome askOutcome(@Named("submit") BrokerLink broker, EventCodec codec, Clock clock) {
    return new AskOutcome(new Requests(broker, environment, codec), clock);
  }

  @Singleton
  AwaitOutcome awaitOutcome(
      @Named("submit") BrokerLink broker, EventCodec codec, AskOutcome askOutcome) {
    return new AwaitOutcome(
        new OutcomeFeed(broker, environment, codec, OutcomeFeed.LINGER), askOutcome);
  }

  @Singleton
  PublishVote publishVote(
      @Named("submit") BrokerLink broker,
      EventCodec codec,
      AwaitOutcome awaitOutcome,
      SubmitMetrics metrics) {
    return new PublishVote(new EventPublisher(broker, environment, codec), awaitOutcome, metrics);
  }

  @Singleton
  FindLateVote findLateVote(
      @Named("submit") BrokerLink broker,
      AskOutcome askOutcome,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking,
      BrokerTime time) {
    return new FindLateVote(new PastVotes(broker, environment, time), askOutcome, blocking);
  }

  @Singleton
  SubmitVote submitVote(
      Throttle throttle,
      ContestView contests,
      CastVote castVote,
      PublishVote publishVote,
      FindLateVote findLateVote,
      BrokerTime time) {
    return new SubmitVote(config, throttle, contests, castVote, publishVote, findLateVote, time);
  }
}
