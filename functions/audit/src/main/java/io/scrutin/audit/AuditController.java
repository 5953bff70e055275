package io.scrutin.audit;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scrutin.contest.Contests;
import io.scrutin.event.Contest;
import jakarta.inject.Named;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reports on a contest. Open to all in this version, so none may show more than all may know. */
@Controller("/api/v1/audit/{law_id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {
  private interface Report {
    HttpResponse<?> on(Contest contest) throws SQLException;
  }

  private interface PagedReport {
    Page<?> from(Optional<Cursor> after, int limit) throws SQLException;
  }

  /** So many seconds a cache on the way may answer: a poll of thousands costs as one. */
  private static final int MOMENT_SECONDS = 5;

  /** An hour's figures change when the hour ends. */
  private static final int MINUTE_SECONDS = 60;

  private final Contests contests;
  private final Reports reports;
  private final Lists lists;
  private final Kept<Integrity> integrity;
  private final Kept<Processing> processing;

  AuditController(
      @Named("audit") Contests contests,
      Reports reports,
      Lists lists,
      Kept<Integrity> integrity,
      Kept<Processing> processing) {
    this.contests = contests;
    this.reports = reports;
    this.lists = lists;
    this.integrity = integrity;
    this.processing = processing;
  }

  @Get("/turnout")
  HttpResponse<?> turnout(HttpRequest<?> request, @PathVariable("law_id") String lawId) {
    return report(request, lawId, contest -> publicFor(MOMENT_SECONDS, reports.turnout(contest)));
  }

  @Get("/hours")
  HttpResponse<?> hours(HttpRequest<?> request, @PathVariable("law_id") String lawId) {
    return report(request, lawId, contest -> publicFor(MINUTE_SECONDS, reports.hours(contest)));
  }

  @Get("/refusals")
  HttpResponse<?> refusals(HttpRequest<?> request, @PathVariable("law_id") String lawId) {
    return report(request, lawId, _ -> publicFor(MOMENT_SECONDS, reports.refusals(lawId)));
  }

  @Get("/health")
  HttpResponse<?> health(HttpRequest<?> request, @PathVariable("law_id") String lawId) {
    return kept(request, lawId, processing);
  }

  @Get("/integrity")
  HttpResponse<?> integrity(HttpRequest<?> request, @PathVariable("law_id") String lawId) {
    return kept(request, lawId, integrity);
  }

  @Get("/review-queue{?after,limit}")
  HttpResponse<?> reviewQueue(
      HttpRequest<?> request,
      @PathVariable("law_id") String lawId,
      @QueryValue Optional<String> after,
      @QueryValue Optional<String> limit) {
    return page(request, lawId, after, limit, (from, size) -> lists.reviewQueue(lawId, from, size));
  }

  @Get("/duplicates{?after,limit}")
  HttpResponse<?> duplicates(
      HttpRequest<?> request,
      @PathVariable("law_id") String lawId,
      @QueryValue Optional<String> after,
      @QueryValue Optional<String> limit) {
    return page(request, lawId, after, limit, (from, size) -> lists.duplicates(lawId, from, size));
  }

  private HttpResponse<?> kept(HttpRequest<?> request, String lawId, Kept<?> kept) {
    return report(
        request,
        lawId,
        contest -> {
          try {
            return kept.of(contest)
                .<HttpResponse<?>>map(found -> publicFor(MOMENT_SECONDS, found))
                .orElseGet(() -> Refusals.busy(request));
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Refusals.busy(request);
          }
        });
  }

  private static HttpResponse<?> publicFor(int seconds, Object report) {
    return HttpResponse.ok(report).header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + seconds);
  }

  private HttpResponse<?> page(
      HttpRequest<?> request,
      String lawId,
      Optional<String> after,
      Optional<String> limit,
      PagedReport report) {
    OptionalInt size = Page.limit(limit);
    Optional<Cursor> from = after.flatMap(Cursor::parse);
    List<String> wrong = new ArrayList<>();
    if (after.isPresent() && from.isEmpty()) {
      wrong.add("after");
    }
    if (size.isEmpty()) {
      wrong.add("limit");
    }
    return wrong.isEmpty()
        ? report(request, lawId, _ -> publicFor(MOMENT_SECONDS, report.from(from, size.getAsInt())))
        : Refusals.invalid(request, wrong);
  }

  private HttpResponse<?> report(HttpRequest<?> request, String lawId, Report report) {
    return Refusals.unlessAway(
        request,
        () -> {
          Optional<Contest> contest = contests.find(lawId);
          return contest.isEmpty() ? Refusals.unknown(request, "law") : report.on(contest.get());
        });
  }
}
