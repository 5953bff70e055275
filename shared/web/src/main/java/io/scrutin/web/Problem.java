package io.scrutin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as RFC 9457 problem details.
 *
 * @param type {@code urn:scrutin:problem:} and the problem's name, which does not change with the
 *     language
 * @param errors every field that is wrong, empty when the trouble is not with a field
 * @param reference what an operator finds a failure's log entry by
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    List<FieldError> errors,
    @Nullable String reference) {
  public static final MediaType MEDIA_TYPE = MediaType.of("application/problem+json");
  static final String TYPE_PREFIX = "urn:scrutin:problem:";

  public Problem {
    errors = List.copyOf(errors);
  }

  /** The texts are {@code NAME.title} and {@code NAME.detail}, the latter with {@code values}. */
  public static Problem of(
      Messages messages, Language language, HttpStatus status, String name, Object... values) {
    return new Problem(
        TYPE_PREFIX + name,
        messages.text(language, name + ".title"),
        status.getCode(),
        messages.text(language, name + ".detail", values),
        List.of(),
        null);
  }

  /** One whose texts are shared by all functions. */
  public static Problem common(Language language, HttpStatus status, String name) {
    return of(ProblemAnswers.MESSAGES, language, status, name);
  }

  /** For a body that {@link StrictJson} could not read. */
  public static Problem malformed(Language language, Form.Fault fault) {
    String name =
        switch (fault) {
          case EMPTY -> "missing-body";
          case NOT_JSON -> "malformed-json";
          case NOT_AN_OBJECT -> "not-an-object";
          case REPEATED_FIELD -> "repeated-field";
          case TOO_MANY_FIELDS -> "too-many-fields";
        };
    return common(language, HttpStatus.BAD_REQUEST, name);
  }

  public Problem with(List<FieldError> wrongFields) {
    return new Problem(type, title, status, detail, wrongFields, reference);
  }

  Problem with(String logReference) {
    return new Problem(type, title, status, detail, errors, logReference);
  }

  public MutableHttpResponse<Problem> answer(Language language) {
    return into(HttpResponse.status(HttpStatus.valueOf(status)), language);
  }

  /** For what goes away by itself. */
  public MutableHttpResponse<Problem> answer(Language language, Duration retryAfter) {
    long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    return answer(language).header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
  }

  MutableHttpResponse<Problem> into(MutableHttpResponse<?> response, Language language) {
    return response
        .contentType(MEDIA_TYPE)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.code())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .body(this);
  }
}
