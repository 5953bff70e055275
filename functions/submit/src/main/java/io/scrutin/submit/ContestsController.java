package io.scrutin.submit;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.scrutin.web.Language;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** {@code GET /api/v1/contests}: what there is to vote on. */
@Controller("/api/v1/contests")
final class ContestsController {
  private static final Duration STILL_LOADING = Duration.ofSeconds(1);

  private final ContestView contests;
  private final InstantSource time;

  ContestsController(ContestView contests, BrokerTime time) {
    this.contests = contests;
    this.time = time;
  }

  @Get
  HttpResponse<?> all(HttpRequest<?> request) {
    CompletableFuture<Contests> known = contests.whenLoaded();
    if (!known.isDone()) {
      return VoteAnswers.unavailable(Language.of(request), STILL_LOADING);
    }
    return HttpResponse.ok(ContestsJson.of(known.join(), time.instant()))
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=5");
  }
}
