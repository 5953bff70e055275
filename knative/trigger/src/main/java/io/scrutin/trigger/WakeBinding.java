package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.event.Wake;
import io.scrutin.step.Reply;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a function that there may be work, in one call for as many events as there are. The events'
 * bodies are not fetched: what the function works on is in its own store since before they were
 * published, so that any later wake stands for an earlier one.
 */
final class WakeBinding implements RunningBinding {
  private static final Logger LOG = LoggerFactory.getLogger(WakeBinding.class);

  private final BindingConfig config;
  private final FunctionCall call;
  private final TriggerParts parts;
  private final Durables durables;
  private final DurableShape shape;
  private final StopSignal stop;
  private final InFlight inFlight = new InFlight(1, 1);
  private final BindingMetrics metrics;
  private final Publishing publishing;
  private final PullLoop loop;

  WakeBinding(BindingConfig config, FunctionCall call, TriggerParts parts, Durables durables) {
    this.config = config;
    this.call = call;
    this.parts = parts;
    this.durables = durables;
    this.stop = new StopSignal(parts.time());
    this.shape = DurableShape.of(config, parts.environment(), parts.config().ackWait());
    this.metrics = new BindingMetrics(config, parts.meters(), inFlight::running);
    this.publishing = new Publishing(parts.publisher(), parts.config().away(), parts.time(), stop);
    this.loop =
        new PullLoop(
            config.name(),
            () -> durables.open(config, shape),
            this::pull,
            parts.config().away(),
            parts.time(),
            stop,
            inFlight);
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
  }

  private void pull(Intake intake) throws InterruptedException {
    while (intake.isOpen() && inFlight.enter()) {
      try {
        List<Delivery> taken = intake.take(config.batch());
        if (!taken.isEmpty()) {
          wake(taken);
        }
      } finally {
        inFlight.leave();
      }
      if (stop.pause(config.pause())) {
        return;
      }
    }
  }

  private void wake(List<Delivery> taken) throws InterruptedException {
    Event wake = Event.first(new Wake(config.name()), "trigger", parts.clock().instant(), null);
    for (int failures = 0; !stop.isSet(); failures++) {
      if (isDone(wake, failures)) {
        // The durable's acks stand for all before; after a redelivery they are not in order.
        taken.stream().max(Comparator.comparingLong(Delivery::sequence)).ifPresent(Delivery::ack);
        taken.forEach(d -> metrics.delivered(d.stampedAt(), parts.clock().instant()));
        return;
      }
      metrics.retried();
      if (stop.pause(parts.config().away().jittered(failures, parts.time().chance()))) {
        break;
      }
    }
    taken.forEach(Delivery::giveBack);
  }

  private boolean isDone(Event wake, int failures) throws InterruptedException {
    return switch (AskFunction.ask(config, call, List.of(wake))) {
      case Reply.Answers answers -> isPublished(wake, answers.events());
      case Reply.Away away -> {
        if (failures == 0) {
          LOG.warn("{}: {} is away: {}", config.name(), config.function(), away.reason());
        }
        yield false;
      }
      case Reply.Broken broken -> {
        LOG.error("{}: a wake broke {}: {}", config.name(), config.function(), broken.reason());
        yield false;
      }
    };
  }

  private boolean isPublished(Event wake, List<Event> answers) throws InterruptedException {
    return switch (AnswerMatching.of(List.of(wake), answers).verdicts().getFirst()) {
      case Verdict.Done done ->
          switch (publishing.publish(done.isKept() ? done.follow() : List.of())) {
            case Publishing.Outcome.Persisted _ -> {
              metrics.published(done.follow().size());
              yield true;
            }
            case Publishing.Outcome.Stopped _ -> false;
          };
      case Verdict.Later _ -> false;
      // A wake has nothing in it that could be to blame, so there is nothing to park.
      case Verdict.Hopeless hopeless -> refused(hopeless.reason());
      case Verdict.Failed failed -> refused(failed.reason());
    };
  }

  private boolean refused(String reason) {
    LOG.error("{}: {} does not take wakes: {}", config.name(), config.function(), reason);
    return false;
  }

  @Override
  public void reconnected() {
    loop.reopen();
  }

  @Override
  public void sample() throws Exception {
    metrics.backlog(durables.backlog(config, shape));
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
    loop.drain(parts.config().drainTimeout());
    metrics.close();
  }
}
