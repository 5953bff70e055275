package io.scrutin.trigger;

import io.scrutin.event.EventCodec;
import io.scrutin.step.Step;
import io.scrutin.step.StepRunner;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where each function is: at its binding's URL, or in this process. */
final class FunctionCalls implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final Map<String, Step> steps;
  private final EventCodec codec;
  private final Clock clock;
  private final Duration timeout;
  private final HttpClient client;

  FunctionCalls(Collection<Step> steps, EventCodec codec, Clock clock, Duration timeout) {
    this.steps = steps.stream().collect(Collectors.toMap(Step::name, Function.identity()));
    this.codec = codec;
    this.clock = clock;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            // A clear-text upgrade to HTTP/2 costs every new connection a round trip.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  FunctionCall to(BindingConfig binding) {
    if (binding.url() != null) {
      return new HttpCall(client, codec, binding.url(), timeout);
    }
    Step step = steps.get(binding.function());
    if (step == null) {
      throw new IllegalArgumentException(
          "%s: %s has no url and is not in this process"
              .formatted(binding.name(), binding.function()));
    }
    return new InProcessCall(new StepRunner(step, clock));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
