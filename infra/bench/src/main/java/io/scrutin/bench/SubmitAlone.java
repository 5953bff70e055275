package io.scrutin.bench;

import io.nats.client.Connection;
import io.scrutin.event.Contest;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;

/** submit in a process with nothing behind it but a broker that nobody reads. */
final class SubmitAlone {
  /** Faster than it can: there is always somebody who waits for a connection. */
  private static final double TOO_FAST = 60_000;

  private static final double HALF_OF_IT = TOO_FAST / 2;

  /** It is compiled as it runs; another run that brings less than this is not worth its time. */
  private static final double HARDLY_FASTER = 1.03;

  private static final int MOST_RUNS = 12;

  private final Contest contest;
  private final Path keys;
  private final VotePosts posts;
  private final Path dir;

  /**
   * @param contest that it takes votes for
   * @param keys the folder of its keys
   * @param dir where its log goes
   */
  SubmitAlone(Contest contest, Path keys, VotePosts posts, Path dir) {
    this.contest = contest;
    this.keys = keys;
    this.posts = posts;
    this.dir = dir;
  }

  /** Votes a second that it answered with 202. */
  double measure(String natsUrl, Connection broker, Duration length) throws Exception {
    Event opened =
        Event.first(new ContestOpened(contest), "bench", Clock.systemUTC().instant(), null);
    broker
        .jetStream()
        .publish(
            EventType.CONTEST_OPENED.subject(Roofs.ENVIRONMENT), new EventCodec().encode(opened));
    try (LoneSubmit submit = LoneSubmit.start(natsUrl, Roofs.ENVIRONMENT, keys, dir);
        Driver driver = new Driver(submit.url())) {
      return untilWarm(driver, (int) (HALF_OF_IT * length.toSeconds()));
    }
  }

  private double untilWarm(Driver driver, int votes) throws Exception {
    int some = Math.min(votes, posts.voters());
    double best = 0;
    double before = 0;
    for (int runs = 0; runs < MOST_RUNS && best >= HARDLY_FASTER * before; runs++) {
      Sent sent =
          driver.start(Arrivals.steady(TOO_FAST, some, new Random(1)), posts, 0, 0).sent().get();
      before = best;
      best = Math.max(best, sent.accepted() / (sent.took().toNanos() / 1e9));
    }
    return best;
  }
}
