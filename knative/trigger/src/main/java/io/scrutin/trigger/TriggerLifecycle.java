package io.scrutin.trigger;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins when everything else in the context is there, and ends before any of it goes. */
@Singleton
final class TriggerLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TriggerLifecycle.class);

  private final Bindings bindings;
  private final Collection<BindingConfig> configured;
  private final Optional<Discovery> discovery;

  TriggerLifecycle(
      Bindings bindings, Collection<BindingConfig> configured, Optional<Discovery> discovery) {
    this.bindings = bindings;
    this.configured = configured;
    this.discovery = discovery;
  }

  @EventListener
  void begin(StartupEvent started) {
    configured.forEach(this::start);
    discovery.ifPresent(Discovery::start);
  }

  private void start(BindingConfig binding) {
    bindings.start(binding);
    LOG.info("{}: {} to {}", binding.name(), binding.type(), binding.function());
  }

  @EventListener
  void end(ShutdownEvent stopping) {
    discovery.ifPresent(Discovery::halt);
    bindings.close();
  }
}
