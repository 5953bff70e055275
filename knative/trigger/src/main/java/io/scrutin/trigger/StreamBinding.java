package io.scrutin.trigger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each event of a type to a function until it is answered. */
final class StreamBinding implements RunningBinding {
  private static final Logger LOG = LoggerFactory.getLogger(StreamBinding.class);

  private final BindingConfig config;
  private final FunctionCall call;
  private final TriggerConfig times;
  private final Durables durables;
  private final DurableShape shape;
  private final Supplier<Duration> arrived;
  private final StopSignal stop;

  /** Calls under way when it stops still need their heartbeat. */
  private final StopSignal drained;

  private final InHand inHand = new InHand();
  private final InFlight inFlight;
  private final BindingMetrics metrics;
  private final BatchRun run;
  private final PullLoop loop;
  private final ExecutorService lanes;

  /**
   * @param arrived told of every batch that comes in, says how long it is to wait
   */
  StreamBinding(
      BindingConfig config,
      FunctionCall call,
      TriggerParts parts,
      Durables durables,
      Supplier<Duration> arrived) {
    this.config = config;
    this.call = call;
    this.times = parts.config();
    this.durables = durables;
    this.stop = new StopSignal(parts.time());
    this.drained = new StopSignal(parts.time());
    this.arrived = arrived;
    this.shape = DurableShape.of(config, parts.environment(), times.ackWait());
    this.inFlight = new InFlight(config.inFlight(), config.messages());
    this.metrics = new BindingMetrics(config, parts.meters(), inFlight::running);
    this.run = new BatchRun(config, call, parts, stop, inHand, metrics);
    this.loop =
        new PullLoop(
            config.name(),
            () -> durables.open(config, shape),
            this::pull,
            times.away(),
            parts.time(),
            stop,
            inFlight);
    this.lanes =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lane-" + config.name() + "-", 0).factory());
  }

  @Override
  public BindingConfig config() {
    return config;
  }

  @Override
  public FunctionCall call() {
    return call;
  }

  @Override
  public void start() {
    loop.start();
    var _ =
        Ticker.start("heartbeat-" + config.name(), times.heartbeat(), drained, inHand::heartbeat);
  }

  private void pull(Intake intake) throws InterruptedException {
    while (intake.isOpen() && inFlight.enter()) {
      boolean handedOver = false;
      boolean more;
      try {
        List<Delivery> taken = intake.take(config.messages());
        more = taken.size() >= config.messages();
        handedOver = !taken.isEmpty() && handOver(taken);
      } finally {
        if (!handedOver) {
          inFlight.leave();
        }
      }
      if (handedOver && !more && stop.pause(config.pause())) {
        return;
      }
    }
  }

  private boolean handOver(List<Delivery> taken) {
    if (stop.isSet()) {
      taken.forEach(Delivery::giveBack);
      return false;
    }
    inHand.add(taken);
    inFlight.backlog(taken.getLast().pending());
    Duration wait = arrived.get();
    lanes.execute(() -> carry(taken, wait));
    return true;
  }

  private void carry(List<Delivery> batch, Duration wait) {
    try {
      // In hand already, so that the broker hears of them meanwhile. Cut short, they go at once.
      boolean _ = stop.pause(wait);
      run.carry(batch);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      // Whatever was not acked comes again after the ack wait.
      LOG.error("{}: a batch was dropped", config.name(), failure);
    } finally {
      inHand.remove(batch);
      inFlight.leave();
    }
  }

  /** A redelivery of what was parked here; returns when it is settled, or put off. */
  void carryAgain(Delivery replayed) throws InterruptedException {
    inHand.add(List.of(replayed));
    // A person ordered it: it waits for nobody.
    Duration _ = arrived.get();
    try {
      run.carry(List.of(replayed));
    } finally {
      inHand.remove(replayed);
    }
  }

  @Override
  public void reconnected() {
    loop.reopen();
  }

  @Override
  public void sample() throws Exception {
    BindingMetrics.Backlog backlog = durables.backlog(config, shape);
    metrics.backlog(backlog);
    // A call that hangs must not hide from the others what has piled up behind it.
    inFlight.backlog(backlog.waiting());
  }

  @Override
  public void checkpoint() throws Exception {
    durables.checkpoint(config, shape);
  }

  @Override
  public BindingStats stats() {
    return metrics.stats();
  }

  @Override
  public void stop() throws InterruptedException {
    // One time for both: whoever ends the process counts from its signal.
    long end = System.nanoTime() + times.drainTimeout().toNanos();
    loop.drain(times.drainTimeout());
    lanes.shutdown();
    if (!lanes.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      LOG.warn("{}: calls are not finished in time; their events come again", config.name());
      inHand.giveBackAll();
      var _ = lanes.shutdownNow();
    }
    drained.set();
    metrics.close();
  }
}
