package io.scrutin.web;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import java.util.Map;

/**
 * Settings that every function starts from, below its own files, variables and flags: a function
 * alone and all of them in one process behave the same.
 */
@ContextConfigurer
public final class WebDefaults implements ApplicationContextConfigurer {
  /** Lower than application files, which Micronaut places at -300. */
  private static final int BELOW_EVERYTHING = -1000;

  static final Map<String, Object> SETTINGS =
      Map.ofEntries(
          // As Knative tells every container.
          Map.entry("micronaut.server.port", "${PORT:8080}"),
          // A batch for a step is the largest body there is; each public route has a lower limit.
          Map.entry("micronaut.server.max-request-size", "8MB"),
          Map.entry("micronaut.server.netty.max-initial-line-length", 4096),
          Map.entry("micronaut.server.netty.max-header-size", 8192),
          Map.entry("micronaut.server.netty.request-decompression-enabled", false),
          Map.entry("micronaut.server.max-params", 32),
          // Longer than a held answer (30 s) and a results stream (60 s), so that only silence
          // ends.
          Map.entry("micronaut.server.idle-timeout", "75s"),
          Map.entry("micronaut.server.read-idle-timeout", "75s"),
          Map.entry("micronaut.server.write-idle-timeout", "75s"),
          Map.entry("micronaut.lifecycle.graceful-shutdown.enabled", true),
          Map.entry("micronaut.lifecycle.graceful-shutdown.grace-period", "15s"),
          Map.entry("micronaut.serde.deserialization.ignore-unknown", false),
          // Ours is api_request_duration_seconds, by route; the built-in timers would double it.
          Map.entry("micronaut.metrics.binders.web.enabled", false),
          // Pools of threads say nothing here, where each call has a virtual one; and a start is
          // sooner by what these two load: nobody listens to a monitor that looks once a minute.
          Map.entry("micronaut.metrics.binders.executor.enabled", false),
          Map.entry("micronaut.health.monitor.enabled", false),
          Map.entry("micronaut.metrics.export.prometheus.step", "PT10S"),
          Map.entry("endpoints.all.enabled", false),
          Map.entry("endpoints.health.enabled", true),
          Map.entry("endpoints.health.sensitive", false),
          Map.entry("endpoints.health.details-visible", "NEVER"),
          Map.entry("endpoints.health.disk-space.enabled", false),
          // A database that is away must not take a function out: it answers 503 by itself.
          Map.entry("endpoints.health.jdbc.enabled", false),
          Map.entry("endpoints.prometheus.enabled", true),
          Map.entry("endpoints.prometheus.sensitive", false));

  @Override
  public void configure(ApplicationContextBuilder builder) {
    builder.propertySources(PropertySource.of("scrutin-web", SETTINGS, BELOW_EVERYTHING));
  }
}
