package io.scrutin.results;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scrutin.web.Language;
import io.scrutin.web.Messages;
import io.scrutin.web.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Results of a law, once or as they come. */
@Controller("/api/v1/results/{law_id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ResultsController {
  private static final Messages MESSAGES = Messages.beside(ResultsController.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final LatestResults latest;
  private final ResultsStream stream;

  ResultsController(LatestResults latest, ResultsStream stream) {
    this.latest = latest;
    this.stream = stream;
  }

  @Get
  HttpResponse<?> latest(
      HttpRequest<?> request,
      @PathVariable("law_id") String lawId,
      @Header(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    return switch (latest.find(lawId)) {
      case Finding.Found found -> {
        Published published = found.published();
        boolean known = ifNoneMatch != null && published.matches(ifNoneMatch);
        yield (known
                ? HttpResponse.notModified()
                : HttpResponse.ok(published.json()).contentType(MediaType.APPLICATION_JSON_TYPE))
            .header(HttpHeaders.ETAG, published.entityTag())
            .header(HttpHeaders.CACHE_CONTROL, "public, max-age=1");
      }
      case Finding.UnknownLaw _ -> refuse(request, HttpStatus.NOT_FOUND, "unknown-law");
      case Finding.Away _ -> refuse(request, HttpStatus.SERVICE_UNAVAILABLE, "results-away");
    };
  }

  @Get("/stream")
  @Produces(MediaType.TEXT_EVENT_STREAM)
  HttpResponse<?> stream(
      HttpRequest<?> request,
      @PathVariable("law_id") String lawId,
      @Header("Last-Event-ID") @Nullable String lastEventId) {
    return switch (latest.find(lawId)) {
      case Finding.Found _ when stream.isFull() ->
          refuse(request, HttpStatus.SERVICE_UNAVAILABLE, "too-many-listeners");
      case Finding.Found _ ->
          HttpResponse.ok(stream.of(lawId, lastEventId))
              .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              // Compressed, each of ten thousand streams would hold a deflater of 256 KiB.
              .header(HttpHeaders.CONTENT_ENCODING, "identity")
              // Proxies that gather an answer before they pass it on would hold a stream up.
              .header("X-Accel-Buffering", "no");
      case Finding.UnknownLaw _ -> refuse(request, HttpStatus.NOT_FOUND, "unknown-law");
      case Finding.Away _ -> refuse(request, HttpStatus.SERVICE_UNAVAILABLE, "results-away");
    };
  }

  private static HttpResponse<?> refuse(HttpRequest<?> request, HttpStatus status, String name) {
    Language language = Language.of(request);
    Problem problem = Problem.of(MESSAGES, language, status, name);
    return status == HttpStatus.SERVICE_UNAVAILABLE
        ? problem.answer(language, RETRY_AFTER)
        : problem.answer(language);
  }
}
