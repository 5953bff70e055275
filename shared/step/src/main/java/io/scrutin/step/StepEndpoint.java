package io.scrutin.step;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.function.LocalFunctionRegistry;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scrutin.event.Answered;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.Decoded;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Serves the steps of this process, found in micronaut-function's registry, as CloudEvents over
 * HTTP. Never a 4xx to an event: Knative's dispatcher takes one as the order to throw it away.
 *
 * <p>Absent where all functions share one public address: there, whoever could post events could
 * make votes.
 */
@Controller
@Requires(property = "scrutin.events-endpoint", notEquals = "false")
final class StepEndpoint {
  private final LocalFunctionRegistry functions;
  private final BeanContext beans;
  private final EventCodec codec;
  private final Clock clock;

  StepEndpoint(LocalFunctionRegistry functions, BeanContext beans, EventCodec codec, Clock clock) {
    this.functions = functions;
    this.beans = beans;
    this.codec = codec;
    this.clock = clock;
  }

  @Post("/events/{function}")
  @Consumes(MediaType.ALL)
  @Produces(MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<?> take(String function, HttpRequest<?> request, @Body Optional<byte[]> body) {
    Optional<StepRunner> runner = runner(function);
    if (runner.isEmpty()) {
      return HttpResponse.status(HttpStatus.NOT_FOUND);
    }
    // A PingSource without data posts nothing; a body that must be there would be answered 400.
    byte[] content = body.orElseGet(() -> new byte[0]);
    String contentType =
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_TYPE)).orElse("");
    String mediaType = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return switch (mediaType) {
      case EventCodec.BATCH -> takeBatch(runner.get(), content);
      case EventCodec.STRUCTURED -> takeOne(runner.get(), () -> codec.decode(content));
      // Anything else is binary mode, whatever content type the data has.
      case String _ -> takeOne(runner.get(), () -> codec.decodeBinary(headers(request), content));
    };
  }

  private Optional<StepRunner> runner(String name) {
    return functions
        .findFunction(name)
        .<Object>map(method -> beans.getBean(method.getDeclaringType()))
        .filter(Step.class::isInstance)
        .map(step -> new StepRunner((Step) step, clock));
  }

  private HttpResponse<?> takeBatch(StepRunner runner, byte[] body) {
    List<Decoded> batch;
    try {
      batch = codec.decodeBatch(body);
    } catch (MalformedEvent malformed) {
      return broken(String.valueOf(malformed.getMessage()));
    }
    List<Event> readable = new ArrayList<>(batch.size());
    for (Decoded decoded : batch) {
      switch (decoded) {
        case Decoded.Readable good -> readable.add(good.event());
        // It has no id that an answer could name; halving will single it out.
        case Decoded.Unreadable bad -> {
          return broken(bad.reason());
        }
      }
    }
    return switch (runner.run(readable)) {
      case Reply.Answers answers ->
          HttpResponse.ok(codec.encodeBatch(answers.events())).contentType(EventCodec.BATCH);
      case Reply.Away away -> away(away.reason());
      case Reply.Broken broken -> broken(broken.reason());
    };
  }

  private interface Decoding {
    Event event() throws MalformedEvent;
  }

  private HttpResponse<?> takeOne(StepRunner runner, Decoding decoding) {
    Event event;
    try {
      event = decoding.event();
    } catch (MalformedEvent malformed) {
      return broken(String.valueOf(malformed.getMessage()));
    }
    return switch (runner.run(List.of(event))) {
      case Reply.Answers answers -> single(answers.events());
      case Reply.Away away -> away(away.reason());
      case Reply.Broken broken -> broken(broken.reason());
    };
  }

  /** Whoever posts single events (a PingSource) understands statuses, not our control events. */
  private HttpResponse<?> single(List<Event> answers) {
    if (answers.size() != 1) {
      return HttpResponse.ok(codec.encodeBatch(answers)).contentType(EventCodec.BATCH);
    }
    Event answer = answers.getFirst();
    if (answer.fact() instanceof Answered answered) {
      return switch (answered.kind()) {
        case NOTHING -> HttpResponse.noContent();
        case RETRY -> away("retry");
        case PARK -> HttpResponse.ok(codec.encode(answer)).contentType(EventCodec.STRUCTURED);
      };
    }
    return HttpResponse.ok(codec.encode(answer)).contentType(EventCodec.STRUCTURED);
  }

  private static Map<String, String> headers(HttpRequest<?> request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.getHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
    return headers;
  }

  private static HttpResponse<?> away(String reason) {
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .contentType(MediaType.TEXT_PLAIN_TYPE)
        .body(reason);
  }

  private static HttpResponse<?> broken(String reason) {
    return HttpResponse.status(HttpStatus.INTERNAL_SERVER_ERROR)
        .contentType(MediaType.TEXT_PLAIN_TYPE)
        .body(reason);
  }
}
