package io.scrutin.standalone;

import io.scrutin.standalone.Credentials.Credential;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Votes, and asks what became of a vote, as a voter's browser does. */
final class VotingClient implements AutoCloseable {
  /** What a post was answered. */
  record Posted(int status, String body, Optional<String> retryAfter) {
    Optional<String> requestId() {
      return field(body, "request_id");
    }
  }

  /** What became of a vote. */
  record Told(String status, Optional<Integer> attempt, Optional<String> reason) {}

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI origin;
  private final String lawId;

  VotingClient(URI origin, String lawId) {
    this.origin = origin;
    this.lawId = lawId;
  }

  CompletableFuture<Posted> vote(Credential voter, String choice, String idempotencyKey) {
    HttpRequest request =
        HttpRequest.newBuilder(origin.resolve("/api/v1/vote"))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(HttpRequest.BodyPublishers.ofString(voter.vote(lawId, choice)))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenApply(
            response ->
                new Posted(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Retry-After")));
  }

  /** Nothing while nobody has heard of the vote. */
  Optional<Told> outcome(String requestId) {
    HttpResponse<String> response = get("/api/v1/vote/" + requestId);
    return response.statusCode() == 200 ? Optional.of(told(response.body())) : Optional.empty();
  }

  static Told told(String body) {
    return new Told(
        field(body, "status").orElseThrow(), number(body, "attempt_count"), field(body, "reason"));
  }

  HttpResponse<String> get(String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(origin.resolve(path)).timeout(Duration.ofSeconds(20)).build();
      return http.send(request, BodyHandlers.ofString());
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }

  static Optional<String> field(String json, String name) {
    Matcher match = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return match.find() ? Optional.of(match.group(1)) : Optional.empty();
  }

  static Optional<Integer> number(String json, String name) {
    Matcher match = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(json);
    return match.find() ? Optional.of(Integer.parseInt(match.group(1))) : Optional.empty();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
