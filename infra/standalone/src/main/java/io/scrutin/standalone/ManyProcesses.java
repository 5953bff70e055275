package io.scrutin.standalone;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Each function a JVM of its own behind HTTP, the trigger between: a cluster without one. */
final class ManyProcesses implements Functions {
  private final Map<String, FunctionProcess> processes;
  private final FrontDoor door;
  private final Heartbeat heartbeat;

  private ManyProcesses(
      Map<String, FunctionProcess> processes, FrontDoor door, Heartbeat heartbeat) {
    this.processes = processes;
    this.door = door;
    this.heartbeat = heartbeat;
  }

  static ManyProcesses start(Launch launch, int port, Progress progress, Closing closing)
      throws Exception {
    Map<String, FunctionProcess> processes = new LinkedHashMap<>();
    for (String name : Settings.FUNCTIONS) {
      processes.put(name, closing.start(() -> launch.start(name)));
    }
    Function<String, Optional<URI>> called =
        function -> Optional.ofNullable(processes.get(function)).map(FunctionProcess::url);
    processes.put(
        Launch.TRIGGER,
        closing.start(() -> launch.startTrigger(called, Map.of(), FunctionProcess.freePort())));
    for (FunctionProcess process : processes.values()) {
      progress.step(process.name(), () -> ready(process));
    }
    Map<String, URI> addresses = new HashMap<>();
    processes.forEach((name, process) -> addresses.put(name, process.url()));
    FrontDoor door = closing.start(() -> FrontDoor.open(port, addresses));
    Heartbeat heartbeat = closing.start(() -> new Heartbeat(addresses));
    heartbeat.every(OneProcess.HEARTBEAT);
    return new ManyProcesses(processes, door, heartbeat);
  }

  private static boolean ready(FunctionProcess process) throws IOException, InterruptedException {
    process.awaitReady();
    return true;
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
    heartbeat.close();
    door.close();
    process(Launch.TRIGGER).close();
    processes.values().parallelStream()
        .filter(process -> !process.name().equals(Launch.TRIGGER))
        .forEach(FunctionProcess::close);
  }
}
