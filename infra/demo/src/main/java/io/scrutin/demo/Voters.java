package io.scrutin.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts votes and asks for outcomes, as browsers do. */
final class Voters implements AutoCloseable {
  /** As many as a browser's page would let wait on a slow day; the rest queue up here. */
  private static final int AT_ONCE = 64;

  /** Whoever comes first may have to wait for functions to wake. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final URI origin;

  Voters(URI origin) {
    this.origin = origin;
  }

  /** Sends them side by side, in this order, and tells what each was answered. */
  List<Told> send(List<Post> posts, Runnable afterEach) {
    return sideBySide(posts, this::send, afterEach);
  }

  private Told send(Post post) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(origin.resolve("/api/v1/vote"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(post.body()));
    if (post.key() != null) {
      request.header("Idempotency-Key", post.key());
    }
    HttpResponse<String> response = insist(request.build());
    return new Told(post, response.statusCode(), field(response.body(), "request_id").orElse(null));
  }

  /** What became of each of these votes; nothing for one that nobody has heard of. */
  List<Optional<Outcome>> outcomes(List<String> requestIds) {
    return sideBySide(requestIds, this::outcome, () -> {});
  }

  private Optional<Outcome> outcome(String requestId) {
    HttpResponse<String> response = exchange(asking("/api/v1/vote/" + requestId));
    return response.statusCode() == 200
        ? Optional.of(
            new Outcome(
                field(response.body(), "status").orElse(""),
                field(response.body(), "reason").orElse("")))
        : Optional.empty();
  }

  /**
   * What is shown of the results; a refusal shows nothing, and would pass for counts kept secret.
   */
  String results(String lawId) {
    HttpResponse<String> response = insist(asking("/api/v1/results/" + lawId));
    if (response.statusCode() != 200) {
      throw new IllegalStateException("results answered " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest asking(String path) {
    return HttpRequest.newBuilder(origin.resolve(path)).timeout(PATIENCE).build();
  }

  /** Not now is no answer: whoever is told so comes back when they are told to. */
  private HttpResponse<String> insist(HttpRequest request) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> response = exchange(request);
    while (response.statusCode() == 503 && System.nanoTime() - giveUp < 0) {
      pause(response.headers().firstValueAsLong("Retry-After").orElse(1));
      response = exchange(request);
    }
    return response;
  }

  private static void pause(long seconds) {
    try {
      Thread.sleep(Duration.ofSeconds(Math.clamp(seconds, 1, 10)));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }

  private interface Asking<Q, A> {
    A ask(Q question);
  }

  private <Q, A> List<A> sideBySide(List<Q> questions, Asking<Q, A> asking, Runnable afterEach) {
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<A>> asked = new ArrayList<>();
    for (Q question : questions) {
      places.acquireUninterruptibly();
      Callable<A> ask =
          () -> {
            try {
              return asking.ask(question);
            } finally {
              places.release();
            }
          };
      asked.add(threads.submit(ask));
      afterEach.run();
    }
    return asked.stream().map(Voters::answer).toList();
  }

  private static <A> A answer(Future<A> asked) {
    try {
      return asked.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a voter got no answer", failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }

  private static Optional<String> field(String json, String name) {
    Matcher match = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return match.find() ? Optional.of(match.group(1)) : Optional.empty();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
  }
}
