package io.scrutin.submit;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.scrutin.event.VoteId;
import io.scrutin.step.OutcomeJson;
import io.scrutin.submit.Checked.WrongField;
import io.scrutin.web.FieldError;
import io.scrutin.web.Language;
import io.scrutin.web.Messages;
import io.scrutin.web.Problem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Puts into HTTP, in the voter's language, how a request to vote ended. */
final class VoteAnswers {
  static final Messages MESSAGES = Messages.beside(VoteAnswers.class);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private VoteAnswers() {}

  static MutableHttpResponse<?> answer(Submitted submitted, Language language) {
    return switch (submitted) {
      case Submitted.Received received ->
          HttpResponse.accepted(outcomeOf(received.voteId()))
              .body(new ReceivedJson(received.voteId().toString()));
      case Submitted.Known known ->
          HttpResponse.ok(OutcomeJson.of(known.voteId(), known.outcome()));
      case Submitted.Refused(Checked.NotYetOpen early) ->
          problem(language, HttpStatus.CONFLICT, "not-yet-open", moment(early.opensAt()))
              .answer(language, early.remaining());
      case Submitted.Refused refused -> refused(refused.why(), language);
      case Submitted.TooLarge _ ->
          Problem.common(language, HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large")
              .answer(language);
      case Submitted.TooMany tooMany ->
          Problem.common(language, HttpStatus.TOO_MANY_REQUESTS, "too-many-requests")
              .answer(language, tooMany.retryAfter());
      case Submitted.Unavailable unavailable -> unavailable(language, unavailable.retryAfter());
    };
  }

  static MutableHttpResponse<?> unavailable(Language language, Duration retryAfter) {
    return problem(language, HttpStatus.SERVICE_UNAVAILABLE, "vote-unavailable")
        .answer(language, retryAfter);
  }

  private static MutableHttpResponse<?> refused(Checked why, Language language) {
    Problem problem =
        switch (why) {
          case Checked.Malformed malformed -> Problem.malformed(language, malformed.fault());
          case Checked.WrongFields wrong ->
              Problem.common(language, HttpStatus.BAD_REQUEST, "invalid-fields")
                  .with(wrong.fields().stream().map(field -> error(field, language)).toList());
          case Checked.UnknownLaw _ -> problem(language, HttpStatus.NOT_FOUND, "unknown-law");
          case Checked.Over over ->
              problem(language, HttpStatus.CONFLICT, "closed", moment(over.closedAt()));
          case Checked.NotYetOpen _, Checked.Opening _, Checked.Valid _ ->
              throw new IllegalArgumentException("this is no refusal for good");
        };
    return problem.answer(language);
  }

  private static FieldError error(WrongField field, Language language) {
    String code = field.wrong().code();
    return new FieldError(field.name(), code, MESSAGES.text(language, "field." + code));
  }

  private static Problem problem(
      Language language, HttpStatus status, String name, Object... values) {
    return Problem.of(MESSAGES, language, status, name, values);
  }

  private static String moment(Instant instant) {
    return MOMENT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  private static URI outcomeOf(VoteId voteId) {
    return URI.create("/api/v1/vote/" + voteId);
  }
}
