package io.scrutin.web;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Turns whatever the framework refuses (a route, a method, a media type, a body) into a problem.
 * The framework's own messages are not passed on: they are in one language and may quote the body.
 */
@Singleton
final class ProblemAnswers implements ErrorResponseProcessor<Problem> {
  static final Messages MESSAGES = Messages.beside(ProblemAnswers.class);

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    Language language = Language.of(context.getRequest());
    HttpStatus status = HttpStatus.valueOf(response.code());
    List<FieldError> errors =
        status == HttpStatus.BAD_REQUEST ? WrongFields.of(context, language) : List.of();
    Problem problem = Problem.of(MESSAGES, language, status, name(status, context, errors));
    return problem.with(errors).into(response, language);
  }

  private static String name(HttpStatus status, ErrorContext context, List<FieldError> errors) {
    return switch (status) {
      case BAD_REQUEST -> errors.isEmpty() ? WrongFields.nameOfBadBody(context) : "invalid-fields";
      case UNAUTHORIZED -> "unauthorized";
      case FORBIDDEN -> "forbidden";
      case NOT_FOUND -> "not-found";
      case METHOD_NOT_ALLOWED -> "method-not-allowed";
      case NOT_ACCEPTABLE -> "not-acceptable";
      case REQUEST_ENTITY_TOO_LARGE -> "too-large";
      case REQUEST_URI_TOO_LONG, REQUEST_HEADER_FIELDS_TOO_LARGE -> "headers-too-large";
      case UNSUPPORTED_MEDIA_TYPE -> "unsupported-media-type";
      case TOO_MANY_REQUESTS -> "too-many-requests";
      case SERVICE_UNAVAILABLE -> "unavailable";
      // Micronaut's enum, open to new members: what has no text of its own is told by its class.
      default -> status.getCode() < 500 ? "bad-request" : "failed";
    };
  }
}
