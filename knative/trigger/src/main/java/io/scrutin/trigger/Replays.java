package io.scrutin.trigger;

import io.nats.client.JetStreamApiException;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.EventType;
import io.scrutin.event.ParkedPlace;
import io.scrutin.event.ReplayOrdered;
import io.scrutin.step.Listens.By;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what was parked to its binding again, when a person ordered it. An order holds no event and
 * no stamp that anybody believes: both are read where the broker keeps the original, so that
 * whoever may write orders can have a message looked at once more, and nothing else (ADR 25).
 *
 * <p>To the binding it is a redelivery like any other. The order is acked when what followed from
 * the original is persisted, or when it is parked again; a crash before that only repeats it.
 */
final class Replays {
  static final String DURABLE = "replay";

  private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

  /** One that waits for its function does not hold up those of others. */
  private static final int IN_FLIGHT = 8;

  private static final BindingConfig ORDERS =
      new BindingConfig(
          DURABLE,
          By.STREAM,
          EventType.REPLAY_ORDERED.type(),
          DURABLE,
          null,
          1,
          IN_FLIGHT,
          BindingConfig.DEFAULT_ATTEMPTS,
          Duration.ZERO,
          Duration.ZERO);

  private final TriggerParts parts;
  private final Durables durables;
  private final Function<String, Optional<StreamBinding>> bindings;
  private final DurableShape shape;
  private final StopSignal stop;
  private final InFlight inFlight = new InFlight(IN_FLIGHT, 1);
  private final PullLoop loop;

  /**
   * @param bindings those of this trigger, by name
   */
  Replays(
      TriggerParts parts, Durables durables, Function<String, Optional<StreamBinding>> bindings) {
    this.parts = parts;
    this.durables = durables;
    this.bindings = bindings;
    this.stop = new StopSignal(parts.time());
    this.shape = DurableShape.of(ORDERS, parts.environment(), parts.config().ackWait());
    this.loop =
        new PullLoop(
            DURABLE,
            () -> durables.open(ORDERS, shape),
            this::pull,
            parts.config().away(),
            parts.time(),
            stop,
            inFlight);
  }

  void start() {
    loop.start();
  }

  private void pull(Intake intake) throws InterruptedException {
    while (intake.isOpen() && inFlight.enter()) {
      boolean handedOver = false;
      try {
        List<Delivery> taken = intake.take(1);
        if (!taken.isEmpty()) {
          Delivery order = taken.getFirst();
          inFlight.backlog(order.pending());
          Thread.ofVirtual().name("replay-", order.sequence()).start(() -> carryOut(order));
          handedOver = true;
        }
      } finally {
        if (!handedOver) {
          inFlight.leave();
        }
      }
    }
  }

  private void carryOut(Delivery order) {
    try {
      if (order.events(parts.codec()).getFirst().fact() instanceof ReplayOrdered ordered) {
        replay(order, ordered.place());
      } else {
        refuse(order, "is no order");
      }
    } catch (MalformedEvent malformed) {
      refuse(order, "cannot be read: " + malformed.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (IOException | JetStreamApiException | RuntimeException failure) {
      LOG.warn("replay {} is put off: {}", order.sequence(), failure.toString());
      order.release(parts.config().releaseFirst());
    } finally {
      inFlight.leave();
    }
  }

  private void replay(Delivery order, ParkedPlace place)
      throws IOException, JetStreamApiException, InterruptedException {
    Optional<StreamBinding> binding = bindings.apply(place.binding());
    if (binding.isEmpty()) {
      // Another trigger may have it, or its function is yet to be found.
      order.release(parts.config().releaseLongest());
      return;
    }
    EventType type = binding.get().config().eventType();
    if (!place.stream().equals(type.stream().in(parts.environment()))) {
      refuse(order, "names a stream that its binding does not read");
      return;
    }
    Optional<Original> original =
        new StreamApi(parts.broker(), place.stream()).read(place.sequence());
    if (original.filter(kept -> isMeant(kept, place, type)).isEmpty()) {
      refuse(order, "names " + place.stream() + " " + place.sequence() + ", which is gone");
      return;
    }
    LOG.warn("{}: {} {} is replayed", place.binding(), place.stream(), place.sequence());
    binding.get().carryAgain(new Delivery(order, original.get(), place));
  }

  private boolean isMeant(Original kept, ParkedPlace place, EventType type) {
    return kept.stampedAt().equals(place.stampedAt())
        && kept.subject().equals(type.subject(parts.environment()));
  }

  /** Nothing comes of it, now or later. */
  private static void refuse(Delivery order, String why) {
    LOG.error("ALERT replay: the order {} {}", order.sequence(), why);
    order.ack();
  }

  void reconnected() {
    loop.reopen();
  }

  void checkpoint() throws IOException, JetStreamApiException, InterruptedException {
    durables.checkpoint(ORDERS, shape);
  }

  /** What is under way belongs to the bindings, and ends with them. */
  void stop() throws InterruptedException {
    loop.drain(parts.config().drainTimeout());
  }
}
