package io.scrutin.standalone;

import java.time.Duration;

/** How the functions run; the trigger, which never sleeps, runs as they do. */
public sealed interface Shape {
  /** All in this process. */
  record Together() implements Shape {}

  /** Each a process of its own, which is always there. */
  record Apart() implements Shape {}

  /**
   * Each a process of its own while it is called, and none while it is not: what Knative does on a
   * cluster, shown on one machine.
   *
   * @param idle how long a function that nobody calls keeps its process
   */
  record Asleep(Duration idle) implements Shape {
    /** On Knative it is a minute; here somebody is looking on. */
    public static final Duration IDLE = Duration.ofSeconds(4);

    public Asleep {
      if (idle.compareTo(Duration.ofSeconds(1)) < 0 || idle.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("--idle is 1 second to one hour");
      }
    }
  }
}
