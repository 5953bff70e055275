package io.scrutin.web;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Liveness: the process answers. Neither broker nor database is asked, since no restart of this
 * process would bring them back.
 */
@Controller("/api/v1/health")
final class HealthController {
  /** As in the management endpoint, so that one check reads both. */
  @Serdeable
  record Health(String status) {}

  @Get
  Health health() {
    return new Health("UP");
  }
}
