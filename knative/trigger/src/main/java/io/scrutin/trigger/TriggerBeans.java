package io.scrutin.trigger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.event.EventCodec;
import io.scrutin.step.Step;
import io.scrutin.web.GuardedSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;

/**
 * The trigger in a Micronaut context: its own, or one that it shares with functions. Its connection
 * is its own in either case, so that a function's traffic does not wait behind it.
 */
@Factory
final class TriggerBeans {
  @Singleton
  @Named("trigger")
  GuardedSettings settings() {
    return new GuardedSettings("trigger", TriggerConfig.class);
  }

  @EachBean(BindingConfig.class)
  GuardedSettings bindingSettings(BindingConfig binding) {
    return new GuardedSettings("trigger.bindings." + binding.name(), BindingConfig.class);
  }

  @Singleton
  @Named("trigger")
  @Bean(preDestroy = "close")
  BrokerLink triggerLink(@Property(name = "scrutin.nats-url") String url) {
    return BrokerLink.open(url, "trigger");
  }

  @Singleton
  Time time() {
    return new Time.Real();
  }

  @Singleton
  @Bean(preDestroy = "close")
  FunctionCalls functionCalls(
      Collection<Step> steps, EventCodec codec, Clock clock, TriggerConfig config) {
    return new FunctionCalls(steps, codec, clock, config.callTimeout());
  }

  @Singleton
  @Bean(preDestroy = "close")
  Bindings bindings(
      @Named("trigger") BrokerLink broker,
      @Property(name = "scrutin.environment", defaultValue = "local") String environment,
      EventCodec codec,
      Clock clock,
      Time time,
      MeterRegistry meters,
      TriggerConfig config,
      FunctionCalls calls) {
    EventPublisher publisher = new EventPublisher(broker, environment, codec);
    return new Bindings(
        new TriggerParts(broker, publisher, codec, clock, time, meters, config, environment),
        calls::to);
  }
}
