package io.scrutin.standalone;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrutin.event.Event;
import io.scrutin.event.Wake;
import io.scrutin.step.Step;
import io.scrutin.step.StepRunner;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All functions and the trigger in this JVM: the same code, only without HTTP in between. */
final class OneProcess implements Functions {
  private final ApplicationContext context;
  private final ScheduledExecutorService heartbeat;
  private final URI url;

  private OneProcess(ApplicationContext context, ScheduledExecutorService heartbeat, URI url) {
    this.context = context;
    this.heartbeat = heartbeat;
    this.url = url;
  }

  static OneProcess start(Map<String, Object> properties) {
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .environments(environments())
            .properties(properties)
            .banner(false)
            .start();
    EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
    URI url = URI.create("http://localhost:" + server.getPort());
    OneProcess functions =
        new OneProcess(context, Executors.newSingleThreadScheduledExecutor(), url);
    functions.beat();
    return functions;
  }

  private static String[] environments() {
    return java.util.stream.Stream.concat(
            Settings.FUNCTIONS.stream(), java.util.stream.Stream.of("trigger"))
        .toArray(String[]::new);
  }

  /** What a PingSource does on Knative. */
  private void beat() {
    Event wake = Event.first(new Wake("heartbeat"), "heartbeat", Clock.systemUTC().instant(), null);
    long seconds = HEARTBEAT.toSeconds();
    context.getBeansOfType(Step.class).stream()
        .filter(step -> Settings.BEAT.contains(step.name()))
        .map(step -> new StepRunner(step, context.getBean(Clock.class)))
        .forEach(
            step ->
                heartbeat.scheduleWithFixedDelay(
                    () -> step.run(List.of(wake)), seconds, seconds, TimeUnit.SECONDS));
  }

  static final Duration HEARTBEAT = Duration.ofSeconds(5);

  ApplicationContext context() {
    return context;
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public void close() {
    heartbeat.shutdownNow();
    context.close();
  }
}
