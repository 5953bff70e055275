package io.scrutin.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Each function a JVM of its own behind HTTP, the trigger between: a cluster without one. */
final class ManyProcesses implements Functions {
  private static final String TRIGGER = "trigger";

  private final Map<String, FunctionProcess> processes;
  private final FrontDoor door;
  private final HttpClient http;
  private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor();

  private ManyProcesses(Map<String, FunctionProcess> processes, FrontDoor door, HttpClient http) {
    this.processes = processes;
    this.door = door;
    this.http = http;
  }

  static ManyProcesses start(Path root, Path dir, int port, Settings settings, Progress progress)
      throws Exception {
    Map<String, FunctionProcess> processes = new LinkedHashMap<>();
    try {
      for (String name : Settings.FUNCTIONS) {
        Path module = root.resolve("functions").resolve(name);
        processes.put(name, FunctionProcess.start(name, module, dir, settings.asEnvironment(name)));
      }
      Path bindings = dir.resolve("run").resolve("trigger.properties");
      Files.writeString(
          bindings,
          Settings.bindingsFile(
              function -> Optional.ofNullable(processes.get(function)).map(FunctionProcess::url)));
      Map<String, String> environment = settings.asEnvironment(TRIGGER);
      environment.put("MICRONAUT_CONFIG_FILES", bindings.toString());
      Path module = root.resolve("knative").resolve(TRIGGER);
      processes.put(TRIGGER, FunctionProcess.start(TRIGGER, module, dir, environment));
      for (FunctionProcess process : processes.values()) {
        progress.step(process.name(), () -> ready(process));
      }
      Map<String, URI> addresses = new HashMap<>();
      processes.forEach((name, process) -> addresses.put(name, process.url()));
      FrontDoor door = FrontDoor.open(port, addresses);
      ManyProcesses started = new ManyProcesses(processes, door, HttpClient.newHttpClient());
      started.beat();
      return started;
    } catch (Exception failure) {
      processes.values().forEach(FunctionProcess::close);
      throw failure;
    }
  }

  private static boolean ready(FunctionProcess process) throws IOException, InterruptedException {
    process.awaitReady();
    return true;
  }

  /** What a PingSource does on Knative: an event of its own in binary mode. */
  private void beat() {
    long seconds = OneProcess.HEARTBEAT.toSeconds();
    for (String function : Settings.BEAT) {
      HttpRequest ping =
          HttpRequest.newBuilder(process(function).url().resolve("/events/" + function))
              .timeout(Duration.ofSeconds(30))
              .header("ce-specversion", "1.0")
              .header("ce-id", "heartbeat")
              .header("ce-type", "dev.knative.sources.ping")
              .header("ce-source", "/heartbeat")
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      heartbeat.scheduleWithFixedDelay(
          () -> http.sendAsync(ping, BodyHandlers.discarding()),
          seconds,
          seconds,
          TimeUnit.SECONDS);
    }
  }

  FunctionProcess process(String name) {
    FunctionProcess process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException("there is no process " + name);
    }
    return process;
  }

  @Override
  public URI url() {
    return URI.create("http://localhost:" + door.port());
  }

  /** The trigger first: it finishes its batches while the functions are still there. */
  @Override
  public void close() {
    heartbeat.shutdownNow();
    http.shutdownNow();
    door.close();
    process(TRIGGER).close();
    processes.values().parallelStream()
        .filter(process -> !process.name().equals(TRIGGER))
        .forEach(FunctionProcess::close);
  }
}
