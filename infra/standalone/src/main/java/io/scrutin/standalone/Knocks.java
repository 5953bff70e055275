package io.scrutin.standalone;

import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts for a contest that does not exist, sent to the own door before it is said to be open. What
 * a JVM loads and compiles when it is asked for the first time would otherwise be waited for by
 * those who vote first: docs/performance.md has the figures.
 *
 * <p>Each is refused before anybody is looked for on a roll, so none of them is ever a vote.
 */
final class Knocks {
  static final int MOST = 3_000;

  /** A slow machine compiles slowly, too; nobody waits longer than that for it. */
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private static final int AT_ONCE = 2;
  private static final int NO_SUCH_CONTEST = 404;
  private static final Credential NOBODY = new Credential(Credentials.inventedNas(0), "AAAAAAAA");

  private final URI door;
  private final String law = "knock-" + UUID.randomUUID();
  private final AtomicInteger left = new AtomicInteger(MOST);
  private final long endNanos = System.nanoTime() + LONGEST.toNanos();

  private Knocks(URI door) {
    this.door = door;
  }

  /**
   * @return how many were answered
   * @throws IOException if the door does not answer, or says something else
   */
  static int at(URI door) throws IOException, InterruptedException {
    Callable<Integer> one = new Knocks(door)::knock;
    int answered = 0;
    try (ExecutorService knocking = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<Integer> each : knocking.invokeAll(Collections.nCopies(AT_ONCE, one))) {
        answered += each.get();
      }
    } catch (ExecutionException broken) {
      throw new IOException("nobody answers the door", broken.getCause());
    }
    return answered;
  }

  private int knock() throws IOException {
    int answered = 0;
    while (left.getAndDecrement() > 0 && System.nanoTime() < endNanos) {
      int status = VotePost.send(door, NOBODY, law, "oui");
      if (status != NO_SUCH_CONTEST) {
        throw new IOException("a post for no contest had status " + status);
      }
      answered++;
    }
    return answered;
  }
}
