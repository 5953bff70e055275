package io.scrutin.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Times requests by route, not by path: paths hold request ids, and every new path would be a new
 * time series.
 */
@ServerFilter("/api/**")
final class RequestTimer {
  private static final String STARTED = "scrutin.started-nanos";
  private static final String NO_ROUTE = "none";

  private record Series(String method, String route, int status) {}

  private final MeterRegistry registry;
  private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

  RequestTimer(MeterRegistry registry) {
    this.registry = registry;
  }

  @RequestFilter
  void start(HttpRequest<?> request) {
    request.setAttribute(STARTED, System.nanoTime());
  }

  @ResponseFilter
  void stop(HttpRequest<?> request, HttpResponse<?> response) {
    long now = System.nanoTime();
    long started = request.getAttribute(STARTED, Long.class).orElse(now);
    String route = BasicHttpAttributes.getUriTemplate(request).orElse(NO_ROUTE);
    // Without a route the method is anybody's invention, and would be a series of its own.
    String method = route.equals(NO_ROUTE) ? NO_ROUTE : request.getMethodName();
    timers
        .computeIfAbsent(new Series(method, route, response.code()), this::timer)
        .record(now - started, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Series series) {
    return Timer.builder("api.request.duration")
        .description("Time from a request's headers to its answer's")
        .tag("method", series.method())
        .tag("route", series.route())
        .tag("status", Integer.toString(series.status()))
        .publishPercentileHistogram()
        .register(registry);
  }
}
