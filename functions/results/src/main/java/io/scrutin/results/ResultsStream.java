package io.scrutin.results;

import io.micronaut.http.sse.Event;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Results as server-sent events, looked up once a second for all listeners of a law together. */
@Singleton
final class ResultsStream implements GracefulShutdownCapable {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** For so long after its last listener a law is still looked at: they come back. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** Without data it goes out as a comment line, which no reader takes for an event. */
  private static final Event<String> HEARTBEAT = Event.of("").comment("");

  private static final int SOONEST_RETRY_MILLIS = 500;
  private static final int LATEST_RETRY_MILLIS = 3_000;

  private final LatestResults latest;
  private final ResultsConfig config;
  private final AtomicInteger listeners = new AtomicInteger();
  private final Sinks.Empty<Void> stopping = Sinks.empty();

  /** Bounded by the contests there are: the law was found before anybody listens. */
  private final Map<String, Flux<Published>> watched = new ConcurrentHashMap<>();

  ResultsStream(LatestResults latest, ResultsConfig config) {
    this.latest = latest;
    this.config = config;
  }

  int listeners() {
    return listeners.get();
  }

  boolean isFull() {
    return listeners() >= config.maxListeners();
  }

  /**
   * @param lastEventId the version that the reader has; it is not sent again
   */
  Flux<Event<String>> of(String lawId, @Nullable String lastEventId) {
    return Flux.defer(
        () -> {
          // Several may have found a place left and come for the same one.
          if (listeners.incrementAndGet() > config.maxListeners()) {
            listeners.decrementAndGet();
            return Flux.empty();
          }
          return events(lawId, lastEventId).doFinally(_ -> listeners.decrementAndGet());
        });
  }

  private Flux<Event<String>> events(String lawId, @Nullable String lastEventId) {
    Flux<Event<String>> tallies =
        watched
            .computeIfAbsent(lawId, this::watch)
            // A reader slower than the tally needs its latest state only.
            .onBackpressureLatest()
            .skipWhile(published -> published.version().equals(lastEventId))
            .map(ResultsStream::event);
    Flux<Event<String>> heartbeats =
        Flux.interval(config.heartbeat()).onBackpressureDrop().map(_ -> HEARTBEAT);
    return Flux.merge(tallies, heartbeats)
        .startWith(retry())
        .take(config.streamLength())
        .takeUntilOther(stopping.asMono());
  }

  private Flux<Published> watch(String lawId) {
    return Flux.interval(Duration.ZERO, BETWEEN_LOOKS)
        .onBackpressureDrop()
        .concatMap(_ -> look(lawId), 1)
        .distinctUntilChanged(Published::version)
        .takeUntilOther(stopping.asMono())
        .replay(1)
        .refCount(1, LINGER);
  }

  private Mono<Published> look(String lawId) {
    return Mono.fromCallable(() -> latest.find(lawId))
        .subscribeOn(Schedulers.boundedElastic())
        .ofType(Finding.Found.class)
        .map(Finding.Found::published);
  }

  /** Ten thousand readers whose stream ended together do not all come back together. */
  private static Event<String> retry() {
    int millis = ThreadLocalRandom.current().nextInt(SOONEST_RETRY_MILLIS, LATEST_RETRY_MILLIS);
    return Event.of("").retry(Duration.ofMillis(millis));
  }

  private static Event<String> event(Published published) {
    return Event.of(published.json()).id(published.version()).name("tally");
  }

  /** A stream is always at work: a process that waited for all of them would never stop. */
  @Override
  public CompletionStage<?> shutdownGracefully() {
    stop();
    return CompletableFuture.completedFuture(null);
  }

  @PreDestroy
  void stop() {
    stopping.tryEmitEmpty();
  }
}
