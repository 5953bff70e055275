package io.scrutin.bench;

import io.scrutin.console.Surroundings;
import io.scrutin.servers.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/**
 * The system of functions is stopped (SIGSTOP) while its servers are not: votes that another submit
 * takes pile up in the broker, and nobody works on them until it goes on.
 */
final class Standstill implements AutoCloseable {
  /**
   * What submit alone takes on two cores with some room, so that it is never what is waited for.
   */
  static final double PER_SECOND = 8_000;

  private final Surroundings surroundings;
  private final long pid;
  private final Path dir;
  private boolean stopped;

  /**
   * @param pid of the process that holds every function and the trigger
   * @param dir where the other submit writes its log
   */
  Standstill(Surroundings surroundings, long pid, Path dir) {
    this.surroundings = surroundings;
    this.pid = pid;
    this.dir = dir;
  }

  /** Returns when the last of them has its answer. */
  Sent pileUp(VotePosts posts, int first, int votes, RandomGenerator chance, Watch watch)
      throws IOException, InterruptedException {
    Path keys = Objects.requireNonNull(surroundings.path(Surroundings.PEPPER_FILE).getParent());
    String broker = surroundings.get(Surroundings.NATS_URL);
    Signals.send(pid, "STOP");
    stopped = true;
    try (LoneSubmit submit =
            LoneSubmit.start(broker, surroundings.environment(), keys, dir.resolve("logs"));
        Driver driver = new Driver(submit.url())) {
      DriverRun run = driver.start(Arrivals.steady(PER_SECOND, votes, chance), posts, first, 0);
      watch.follow(run);
      return run.sent().get();
    } catch (ExecutionException broken) {
      throw new IOException("the driver broke off", broken.getCause());
    }
  }

  void end() {
    if (stopped) {
      Signals.send(pid, "CONT");
      stopped = false;
    }
  }

  /** A process that is stopped could not be ended. */
  @Override
  public void close() {
    end();
  }
}
