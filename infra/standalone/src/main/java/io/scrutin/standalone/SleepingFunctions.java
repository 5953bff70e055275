package io.scrutin.standalone;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Functions that have a process only while they are called; the trigger is always there, as on a
 * cluster. Trigger and front door know the activators alone.
 */
final class SleepingFunctions implements Functions {
  /** Within the minute that the trigger waits for an answer, with time left for the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Each is a thread and a socket. The trigger has a few calls at a time, voters have the rest. */
  private static final int REQUESTS = 1_000;

  private final Map<String, Activator> activators;
  private final KeptProcess trigger;
  private final FrontDoor door;
  private final Heartbeat heartbeat;
  private final List<UseLog> logs;

  private SleepingFunctions(
      Map<String, Activator> activators,
      KeptProcess trigger,
      FrontDoor door,
      Heartbeat heartbeat,
      List<UseLog> logs) {
    this.activators = activators;
    this.trigger = trigger;
    this.door = door;
    this.heartbeat = heartbeat;
    this.logs = logs;
  }

  /**
   * @param contests where contests and their envelopes are seen
   */
  static SleepingFunctions start(
      Launch launch,
      int doorPort,
      Duration idle,
      DataSource contests,
      Progress progress,
      Closing closing)
      throws Exception {
    Bounds bounds = new Bounds(idle, PATIENCE, REQUESTS);
    Map<String, Activator> activators = new LinkedHashMap<>();
    List<UseLog> logs = new ArrayList<>();
    for (String name : Settings.FUNCTIONS) {
      UseLog log = new UseLog(name);
      logs.add(log);
      activators.put(
          name,
          closing.start(
              () -> Activator.open(new Sleeper(() -> launch.start(name), bounds, log, _ -> {}))));
    }
    Function<String, Optional<URI>> called =
        name -> Optional.ofNullable(activators.get(name)).map(Activator::url);
    // After as long a silence whoever comes next may find everybody asleep.
    Map<String, String> silence = Map.of("TRIGGER_SILENCE", idle.toString());
    KeptProcess trigger =
        closing.start(
            () ->
                KeptProcess.start(
                    Launch.TRIGGER, port -> launch.startTrigger(called, silence, port)));
    progress.step(Launch.TRIGGER, () -> ready(trigger));
    Map<String, URI> addresses = new HashMap<>(Map.of(Launch.TRIGGER, trigger.url()));
    activators.forEach((name, activator) -> addresses.put(name, activator.url()));
    FrontDoor door = closing.start(() -> FrontDoor.open(doorPort, addresses));
    Heartbeat heartbeat = closing.start(() -> new Heartbeat(addresses));
    heartbeat.after(BeatPlan.whenAsleepAfter(idle), contests);
    return new SleepingFunctions(activators, trigger, door, heartbeat, logs);
  }

  private static boolean ready(KeptProcess trigger) throws Exception {
    trigger.awaitReady();
    return true;
  }

  /** From now on that listener is told who wakes and who falls asleep. */
  void tell(Consumer<String> to) {
    logs.forEach(log -> log.tell(to));
    trigger.tell(to);
  }

  List<FunctionUse> use() {
    return activators.values().stream().map(Activator::use).toList();
  }

  TriggerUse triggerUse() {
    return trigger.use();
  }

  @Override
  public URI url() {
    return URI.create("http://localhost:" + door.port());
  }

  /** The trigger first: it finishes its batches while the functions can still be called. */
  @Override
  public void close() {
    heartbeat.close();
    door.close();
    trigger.close();
    activators.values().parallelStream().forEach(Activator::close);
  }
}
