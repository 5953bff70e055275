package io.scrutin.trigger;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.List;

/** Every binding at a glance. */
@Controller("/stats")
final class StatsController {
  private final Bindings bindings;

  StatsController(Bindings bindings) {
    this.bindings = bindings;
  }

  @Get
  List<BindingStats> stats() {
    return bindings.stats();
  }
}
