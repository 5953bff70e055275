package io.scrutin.bench;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.broker.VoteReaders;
import io.scrutin.broker.VoteReaders.Reader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at everything twice a second while votes come in. */
final class Watch implements AutoCloseable {
  static final String DRIVER = "driver";

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long EVERY_MILLIS = 500;
  static final List<Reader> STAGES = VoteReaders.HOPS.stream().flatMap(List::stream).toList();

  private static final String TALLIED = "SELECT coalesce(sum(votes), 0) FROM tally.tally";

  private final Places places;
  private final Map<String, Long> processes;
  private final JetStreamManagement streams;
  private final Connection postgres;
  private final ProcessUse use = new ProcessUse();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Moment> moments = new ArrayList<>();
  private final Thread thread;
  private volatile boolean over;
  private @Nullable DriverRun run;
  private long leftBefore;
  private long acceptedBefore;

  /**
   * @param processes process ids by name
   */
  Watch(Places places, Map<String, Long> processes) throws IOException, SQLException {
    this.places = places;
    this.processes = Map.copyOf(processes);
    this.streams = places.nats().jetStreamManagement();
    this.postgres = places.postgres();
    this.thread = Thread.ofPlatform().daemon().name("watch").start(this::look);
  }

  /** From now on this is what is driven; what the one before sent stays in the sums. */
  void follow(DriverRun next) {
    lock.lock();
    try {
      DriverRun before = run;
      if (before != null) {
        leftBefore += before.left();
        acceptedBefore += before.accepted();
      }
      run = next;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    while (!over) {
      try {
        now();
      } catch (IOException | SQLException | JetStreamApiException failure) {
        LOG.warn("not seen", failure);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      } catch (InterruptedException stopping) {
        return;
      }
    }
  }

  Moment now() throws IOException, SQLException, JetStreamApiException {
    lock.lock();
    try {
      Moment moment = take();
      moments.add(moment);
      return moment;
    } finally {
      lock.unlock();
    }
  }

  private Moment take() throws IOException, SQLException, JetStreamApiException {
    Map<Reader, Long> delivered = new HashMap<>();
    Map<Reader, Long> waiting = new HashMap<>();
    String environment = places.surroundings().environment();
    for (Reader stage : STAGES) {
      ConsumerInfo durable =
          streams.getConsumerInfo(stage.reads().stream().in(environment), stage.durable());
      delivered.put(stage, durable.getDelivered().getConsumerSequence());
      waiting.put(stage, durable.getNumPending() + durable.getNumAckPending());
    }
    long tallied = Places.number(postgres, TALLIED);
    DriverRun driven = run;
    long left = leftBefore + (driven == null ? 0 : driven.left());
    long accepted = acceptedBefore + (driven == null ? 0 : driven.accepted());
    return new Moment(
        System.nanoTime(),
        left,
        accepted,
        tallied,
        Map.copyOf(delivered),
        Map.copyOf(waiting),
        use.cpuSeconds(processes));
  }

  List<Moment> moments() {
    lock.lock();
    try {
      return List.copyOf(moments);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws InterruptedException, SQLException {
    over = true;
    thread.interrupt();
    thread.join();
    postgres.close();
  }
}
