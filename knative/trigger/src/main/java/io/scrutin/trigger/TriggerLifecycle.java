package io.scrutin.trigger;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.Collection;

/** Begins when everything else in the context is there, and ends before any of it goes. */
@Singleton
final class TriggerLifecycle {
  private final Bindings bindings;
  private final Collection<BindingConfig> configured;

  TriggerLifecycle(Bindings bindings, Collection<BindingConfig> configured) {
    this.bindings = bindings;
    this.configured = configured;
  }

  @EventListener
  void begin(StartupEvent started) {
    configured.forEach(bindings::start);
  }

  @EventListener
  void end(ShutdownEvent stopping) {
    bindings.close();
  }
}
