package io.scrutin.web;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.scheduling.annotation.Scheduled;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a start comes to need and no AOT cache holds, made on the core that would else be idle: a
 * start is the work of one thread, and a voter may wait for it. When that thread comes to it first,
 * nothing is lost but the head start. ADR 21 has the figures.
 */
final class HeadStart {
  /** What Micronaut looks for on every bean; it asks by reflection whether they may be repeated. */
  private static final List<Class<?>> LOOKED_FOR =
      List.of(Scheduled.class, Controller.class, ServerFilter.class, Endpoint.class);

  private HeadStart() {}

  static void begin() {
    Thread.ofPlatform().daemon().name("head-start").start(HeadStart::run);
  }

  private static void run() {
    // The first annotation that is read costs a proxy class, and what makes such classes.
    for (Class<?> annotation : LOOKED_FOR) {
      var _ = annotation.getAnnotations();
    }
    // The first one squares its way to 5 to the power of 65,536. Media types have one each.
    var _ = BigDecimal.ONE.signum();
  }
}
