package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.Decoded;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.step.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A function behind a URL. */
final class HttpCall implements FunctionCall {
  private static final byte[] NO_EVENTS = "[]".getBytes(StandardCharsets.US_ASCII);

  private final HttpClient client;
  private final EventCodec codec;
  private final URI url;
  private final Duration timeout;

  HttpCall(HttpClient client, EventCodec codec, URI url, Duration timeout) {
    this.client = client;
    this.codec = codec;
    this.url = url;
    this.timeout = timeout;
  }

  @Override
  public Reply call(List<Event> batch) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer = post(codec.encodeBatch(batch));
    try {
      // The request's own timeout ends with the headers; a body may dawdle too.
      return read(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException slow) {
      answer.cancel(true);
      return new Reply.Away("no answer within " + timeout);
    } catch (ExecutionException failure) {
      return failure.getCause() instanceof BoundedBody.TooLarge
          // Fewer questions have a shorter answer: halving gets it through.
          ? new Reply.Broken("an answer over " + BoundedBody.MAX_BYTES + " bytes")
          : new Reply.Away(String.valueOf(failure.getCause()));
    } catch (InterruptedException stopping) {
      answer.cancel(true);
      throw stopping;
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> post(byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("content-type", EventCodec.BATCH)
            .header("accept", EventCodec.BATCH)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.sendAsync(request, _ -> new BoundedBody());
  }

  private Reply read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return answers(response.body());
    }
    return switch (status) {
      // No pod yet, one too many requests for it, or one on its way out.
      case 404, 408, 429, 502, 503, 504 -> new Reply.Away("status " + status);
      default -> new Reply.Broken("status " + status);
    };
  }

  private Reply answers(byte[] body) {
    if (body.length == 0) {
      return new Reply.Answers(List.of());
    }
    try {
      List<Event> events = new ArrayList<>();
      for (Decoded decoded : codec.decodeBatch(body)) {
        switch (decoded) {
          case Decoded.Readable good -> events.add(good.event());
          case Decoded.Unreadable bad -> {
            return new Reply.Broken("an unreadable answer: " + bad.reason());
          }
        }
      }
      return new Reply.Answers(events);
    } catch (MalformedEvent malformed) {
      return new Reply.Broken("unreadable answers: " + malformed.getMessage());
    }
  }

  @Override
  public void wake() {
    // Whatever it answers, it is up; the first real batch finds out if it is not.
    var _ = post(NO_EVENTS);
  }
}
