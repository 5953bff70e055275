package io.scrutin.standalone;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Each function a JVM of its own behind HTTP, the trigger between: a cluster without one. Whichever
 * dies is started again.
 */
final class ManyProcesses implements Functions {
  private final Map<String, KeptProcess> processes;
  private final FrontDoor door;
  private final Heartbeat heartbeat;

  private ManyProcesses(Map<String, KeptProcess> processes, FrontDoor door, Heartbeat heartbeat) {
    this.processes = processes;
    this.door = door;
    this.heartbeat = heartbeat;
  }

  static ManyProcesses start(Launch launch, int port, Progress progress, Closing closing)
      throws Exception {
    Map<String, KeptProcess> processes = new LinkedHashMap<>();
    for (String name : Settings.FUNCTIONS) {
      processes.put(
          name,
          closing.start(
              () -> KeptProcess.start(name, at -> launch.start(name, name, Map.of(), at))));
    }
    Function<String, Optional<URI>> called =
        function -> Optional.ofNullable(processes.get(function)).map(KeptProcess::url);
    processes.put(
        Launch.TRIGGER,
        closing.start(
            () ->
                KeptProcess.start(
                    Launch.TRIGGER, at -> launch.startTrigger(called, Map.of(), at))));
    for (KeptProcess process : processes.values()) {
      progress.step(process.name(), () -> ready(process));
    }
    Map<String, URI> addresses = new HashMap<>();
    processes.forEach((name, process) -> addresses.put(name, process.url()));
    FrontDoor door = closing.start(() -> FrontDoor.open(port, addresses));
    Heartbeat heartbeat = closing.start(() -> new Heartbeat(addresses));
    heartbeat.every(OneProcess.HEARTBEAT);
    return new ManyProcesses(processes, door, heartbeat);
  }

  private static boolean ready(KeptProcess process) throws IOException, InterruptedException {
    process.awaitReady();
    return true;
  }

  KeptProcess process(String name) {
    KeptProcess process = processes.get(name);
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
        .forEach(KeptProcess::close);
  }
}
