package io.scrutin.audit;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scrutin.event.Outcome;
import io.scrutin.event.VoteId;
import io.scrutin.step.OutcomeJson;
import java.util.List;
import java.util.Optional;

/** What became of a vote, for whoever knows its request id. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class VoteController {
  private final Trails trails;

  VoteController(Trails trails) {
    this.trails = trails;
  }

  @Get("/api/v1/vote/{request_id}")
  HttpResponse<?> outcome(HttpRequest<?> request, @PathVariable("request_id") String requestId) {
    Optional<VoteId> vote = RequestId.parse(requestId);
    if (vote.isEmpty()) {
      return Refusals.invalid(request, List.of("request_id"));
    }
    return Refusals.unlessAway(
        request,
        () ->
            TellOutcome.of(trails.of(vote.get()))
                .<HttpResponse<?>>map(outcome -> told(vote.get(), outcome))
                .orElseGet(() -> Refusals.unknown(request, "vote")));
  }

  @Get("/api/v1/audit/votes/{request_id}")
  HttpResponse<?> trail(HttpRequest<?> request, @PathVariable("request_id") String requestId) {
    Optional<VoteId> vote = RequestId.parse(requestId);
    if (vote.isEmpty()) {
      return Refusals.invalid(request, List.of("request_id"));
    }
    return Refusals.unlessAway(
        request,
        () -> {
          List<TrailEntry> trail = trails.of(vote.get());
          return trail.isEmpty()
              ? Refusals.unknown(request, "vote")
              : HttpResponse.ok(TrailAnswer.of(vote.get(), trail));
        });
  }

  private static HttpResponse<OutcomeJson> told(VoteId vote, Outcome outcome) {
    return HttpResponse.ok(OutcomeJson.of(vote, outcome))
        .header(
            HttpHeaders.CACHE_CONTROL,
            switch (outcome.status()) {
              // Nothing outranks it, so it will be true for as long as anybody keeps it.
              case RECORDED -> "private, max-age=3600";
              case RECEIVED, DUPLICATE, REJECTED, PARKED -> "no-store";
            });
  }
}
