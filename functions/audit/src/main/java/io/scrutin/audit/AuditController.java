package io.scrutin.audit;

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

  private final Contests contests;
  private final Reports reports;
  private final IntegrityChecks integrity;

  AuditController(@Named("audit") Contests contests, Reports reports, IntegrityChecks integrity) {
    this.contests = contests;
    this.reports = reports;
    this.integrity = integrity;
  }

  @Get("/turnout")
  HttpResponse<?> turnout(HttpRequest<?> request, @PathVariable("law_id") String lawId) {
    return report(request, lawId, contest -> HttpResponse.ok(reports.turnout(contest.lawId())));
  }

  @Get("/integrity")
  HttpResponse<?> integrity(HttpRequest<?> request, @PathVariable("law_id") String lawId) {
    return report(
        request,
        lawId,
        contest -> {
          try {
            return integrity
                .of(contest)
                .<HttpResponse<?>>map(HttpResponse::ok)
                .orElseGet(() -> Refusals.busy(request));
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Refusals.busy(request);
          }
        });
  }

  @Get("/review-queue{?after,limit}")
  HttpResponse<?> reviewQueue(
      HttpRequest<?> request,
      @PathVariable("law_id") String lawId,
      @QueryValue Optional<String> after,
      @QueryValue Optional<String> limit) {
    return page(
        request, lawId, after, limit, (from, size) -> reports.reviewQueue(lawId, from, size));
  }

  @Get("/duplicates{?after,limit}")
  HttpResponse<?> duplicates(
      HttpRequest<?> request,
      @PathVariable("law_id") String lawId,
      @QueryValue Optional<String> after,
      @QueryValue Optional<String> limit) {
    return page(
        request, lawId, after, limit, (from, size) -> reports.duplicates(lawId, from, size));
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
        ? report(request, lawId, _ -> HttpResponse.ok(report.from(from, size.getAsInt())))
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
