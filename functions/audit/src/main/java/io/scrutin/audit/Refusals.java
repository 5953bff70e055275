package io.scrutin.audit;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.scrutin.web.FieldError;
import io.scrutin.web.Language;
import io.scrutin.web.Messages;
import io.scrutin.web.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How audit's pages say no. */
final class Refusals {
  /** What a page reads, when Postgres answers. */
  interface Reading {
    HttpResponse<?> answer() throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final Messages MESSAGES = Messages.beside(Refusals.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private Refusals() {}

  static HttpResponse<?> unlessAway(HttpRequest<?> request, Reading reading) {
    try {
      return reading.answer();
    } catch (SQLException failure) {
      LOG.warn("a report could not be read: {}", failure.toString());
      return busy(request);
    }
  }

  static HttpResponse<?> busy(HttpRequest<?> request) {
    Language language = Language.of(request);
    return Problem.of(MESSAGES, language, HttpStatus.SERVICE_UNAVAILABLE, "books-away")
        .answer(language, RETRY_AFTER);
  }

  static HttpResponse<?> unknown(HttpRequest<?> request, String what) {
    Language language = Language.of(request);
    return Problem.of(MESSAGES, language, HttpStatus.NOT_FOUND, "unknown-" + what).answer(language);
  }

  static HttpResponse<?> invalid(HttpRequest<?> request, List<String> fields) {
    Language language = Language.of(request);
    List<FieldError> errors =
        fields.stream()
            .map(
                field ->
                    new FieldError(field, "invalid", MESSAGES.text(language, "field." + field)))
            .toList();
    return Problem.of(MESSAGES, language, HttpStatus.BAD_REQUEST, "invalid-fields")
        .with(errors)
        .answer(language);
  }
}
