package io.scrutin.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A defect of ours. The caller gets a short reference and nothing of the cause; the log gets the
 * cause once, under the same reference, and nothing of the request.
 */
@Singleton
final class UnexpectedFailure implements ExceptionHandler<Throwable, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailure.class);

  /** What a JVM ends with that is told to exit when it is out of memory. */
  private static final int OUT_OF_MEMORY = 3;

  @Override
  public HttpResponse<?> handle(
      @SuppressWarnings("rawtypes") HttpRequest request, Throwable failure) {
    String reference =
        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).substring(0, 8);
    LOG.error("request failed, reference {}", reference, failure);
    if (failure instanceof OutOfMemoryError) {
      // Of buffers: that one is thrown by the JDK's own code, and ExitOnOutOfMemoryError does not
      // see it. 500 would be counted against the events; who calls a dead process asks another.
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
    Language language = Language.of((HttpRequest<?>) request);
    return Problem.of(ProblemAnswers.MESSAGES, language, HttpStatus.INTERNAL_SERVER_ERROR, "failed")
        .with(reference)
        .answer(language);
  }
}
