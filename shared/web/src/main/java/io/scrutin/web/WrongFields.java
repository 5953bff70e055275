package io.scrutin.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.exceptions.path.CollectionItemReferencePath;
import io.micronaut.serde.exceptions.path.MapItemReferencePath;
import io.micronaut.serde.exceptions.path.ReferencePath;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds which field a framework's exception complains of. */
final class WrongFields {
  /** Serde tells an unknown property in its message alone. */
  private static final Pattern UNKNOWN = Pattern.compile("Unknown property \\[([^\\]]{1,80})\\]");

  private WrongFields() {}

  static List<FieldError> of(ErrorContext context, Language language) {
    List<FieldError> errors = new ArrayList<>();
    String unconvertible = null;
    for (Throwable cause = root(context); cause != null; cause = cause.getCause()) {
      add(cause, language, errors);
      if (!errors.isEmpty() || isSyntax(cause)) {
        return errors;
      }
      if (cause instanceof ConversionErrorException conversion
          && !isBody(conversion.getArgument())) {
        unconvertible = conversion.getArgument().getName();
      }
    }
    return unconvertible == null ? errors : List.of(error(unconvertible, "wrong-type", language));
  }

  static String nameOfBadBody(ErrorContext context) {
    for (Throwable cause = root(context); cause != null; cause = cause.getCause()) {
      if (isSyntax(cause)) {
        return "malformed-json";
      }
      if (cause instanceof UnsatisfiedRouteException) {
        return "missing-body";
      }
    }
    return "bad-request";
  }

  private static void add(Throwable cause, Language language, List<FieldError> errors) {
    if (cause instanceof ConstraintViolationException violations) {
      for (ConstraintViolation<?> violation : violations.getConstraintViolations()) {
        errors.add(error(lastOf(violation.getPropertyPath()), "invalid", language));
      }
    } else if (cause instanceof SerdeException unreadable) {
      Matcher unknown = UNKNOWN.matcher(String.valueOf(unreadable.getMessage()));
      if (unknown.find()) {
        errors.add(error(unknown.group(1), "unknown", language));
      } else if (!unreadable.getPath().isEmpty()) {
        errors.add(error(dotted(unreadable.getPath()), "wrong-type", language));
      }
    } else if (cause instanceof UnsatisfiedRouteException missing
        && !isBody(missing.getArgument())) {
      errors.add(error(missing.getArgument().getName(), "missing", language));
    }
  }

  private static FieldError error(String field, String code, Language language) {
    return new FieldError(field, code, ProblemAnswers.MESSAGES.text(language, "field." + code));
  }

  private static boolean isBody(Argument<?> argument) {
    return argument.isAnnotationPresent(Body.class);
  }

  private static boolean isSyntax(Throwable cause) {
    return cause instanceof JsonSyntaxException || cause instanceof JsonProcessingException;
  }

  /** As a caller would write it: without the names of our classes. */
  private static String dotted(List<ReferencePath> path) {
    StringBuilder field = new StringBuilder();
    for (ReferencePath step : path) {
      if (step instanceof CollectionItemReferencePath item) {
        field.append('[').append(item.index()).append(']');
      } else {
        String name =
            step instanceof MapItemReferencePath entry ? entry.key() : step.getArgument().getName();
        field.append(field.isEmpty() ? "" : ".").append(name);
      }
    }
    return field.toString();
  }

  private static String lastOf(Path path) {
    String last = "";
    for (Path.Node node : path) {
      last = String.valueOf(node.getName());
    }
    return last;
  }

  private static @Nullable Throwable root(ErrorContext context) {
    return context.getRootCause().orElse(null);
  }
}
