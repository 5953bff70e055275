package io.scrutin.submit;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.scrutin.submit.SubmitVote.Request;
import io.scrutin.web.Language;
import io.scrutin.web.Problem;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/vote}. */
@Controller("/api/v1/vote")
final class VoteController {
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final SubmitVote submitVote;
  private final ClientAddress clientAddress;

  VoteController(SubmitVote submitVote, ClientAddress clientAddress) {
    this.submitVote = submitVote;
    this.clientAddress = clientAddress;
  }

  @Post
  @Consumes(MediaType.APPLICATION_JSON)
  CompletableFuture<HttpResponse<?>> vote(HttpRequest<?> request, @Body byte[] body) {
    Language language = Language.of(request);
    if (request.getContentType().isEmpty()) {
      // Micronaut takes no type for any type; a page of another origin can send that unasked.
      return CompletableFuture.completedFuture(
          Problem.common(language, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type")
              .answer(language));
    }
    Prefer prefer = Prefer.parse(request.getHeaders().getAll("Prefer"));
    return submitVote
        .submit(
            new Request(
                client(request),
                request.getHeaders().get("Idempotency-Key"),
                prefer.patience(),
                traceparent(request)),
            body)
        .thenApply(submitted -> prefer.applied(VoteAnswers.answer(submitted, language)));
  }

  private InetAddress client(HttpRequest<?> request) {
    return clientAddress.of(
        request.getRemoteAddress().getAddress(), request.getHeaders().get("X-Forwarded-For"));
  }

  private static @Nullable String traceparent(HttpRequest<?> request) {
    String header = request.getHeaders().get("traceparent");
    return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
  }
}
