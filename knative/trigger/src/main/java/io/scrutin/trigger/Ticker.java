package io.scrutin.trigger;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something every so often, until stopped; a failure is logged and the next time comes. */
final class Ticker {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  /** What is done each time. */
  interface Task {
    void run() throws Exception;
  }

  private Ticker() {}

  static Thread start(String name, Duration every, StopSignal stop, Task task) {
    return Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                while (!stop.pause(every)) {
                  once(name, stop, task);
                }
              } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static void once(String name, StopSignal stop, Task task) throws InterruptedException {
    try {
      task.run();
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      if (!stop.isSet()) {
        LOG.warn("{}: {}", name, failure.toString());
      }
    }
  }
}
