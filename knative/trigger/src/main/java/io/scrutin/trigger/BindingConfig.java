package io.scrutin.trigger;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.step.Listens;
import io.scrutin.step.Listens.By;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What brings one type of event to one function.
 *
 * @param name also the name of the durable, or of the queue group
 * @param type the CloudEvents type it listens to
 * @param url where the function is; absent when its step is in this process
 * @param batch the most events in one call, or the most that one wake stands for
 * @param inFlight the most calls at the same time
 * @param attempts after how many an event that breaks the function may be parked
 * @param pause the least time between two calls while there is less than a batch to bring
 * @param afterSilence how long events that end a silence wait, for others to start
 */
@EachProperty("trigger.bindings")
public record BindingConfig(
    @Parameter String name,
    By kind,
    String type,
    String function,
    @Nullable URI url,
    @Bindable(defaultValue = "" + BindingConfig.DEFAULT_BATCH) int batch,
    @Bindable(defaultValue = "" + BindingConfig.DEFAULT_IN_FLIGHT) int inFlight,
    @Bindable(defaultValue = "" + BindingConfig.DEFAULT_ATTEMPTS) int attempts,
    @Bindable(defaultValue = Listens.PAUSE_MILLIS + "ms") Duration pause,
    @Bindable(defaultValue = "0ms") Duration afterSilence) {

  /** No dot, space or wildcard: NATS puts it into subjects. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  static final int DEFAULT_BATCH = 200;
  static final int DEFAULT_IN_FLIGHT = 4;
  static final int DEFAULT_ATTEMPTS = 5;

  static final int MAX_BATCH = 5_000;
  static final int MAX_IN_FLIGHT = 256;

  /** Longer, and it would look like an outage. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  public BindingConfig {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a binding's name is of a-z, 0-9 and '-': " + name);
    }
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException(name + ": batch is 1 to " + MAX_BATCH);
    }
    if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
      throw new IllegalArgumentException(name + ": in-flight is 1 to " + MAX_IN_FLIGHT);
    }
    if (attempts < 1 || attempts > 1_000) {
      throw new IllegalArgumentException(name + ": attempts is 1 to 1,000");
    }
    if (pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException(name + ": pause is 0 to " + LONGEST_PAUSE.toMillis());
    }
    if (afterSilence.isNegative() || afterSilence.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException(
          name + ": after-silence is 0 to " + LONGEST_PAUSE.toMillis());
    }
    if (afterSilence.isPositive() && kind != By.STREAM) {
      throw new IllegalArgumentException(name + ": after-silence is for events of a stream");
    }
    EventType known =
        EventType.of(type)
            .orElseThrow(
                () -> new IllegalArgumentException(name + ": there is no event type " + type));
    if ((kind == By.REQUEST) != (known.stream() == StreamName.NONE)) {
      throw new IllegalArgumentException(
          name + ": requests are for types that no stream keeps, the other kinds for the rest");
    }
  }

  /** Whether it can go on where the other was; otherwise its durable has to be made anew. */
  boolean continues(BindingConfig other) {
    return type.equals(other.type) && kind == other.kind;
  }

  EventType eventType() {
    return EventType.of(type).orElseThrow();
  }

  /** The most messages that are taken at once: they hold a batch or, while few votes come, less. */
  int messages() {
    return eventType().comesTogether() && kind == By.STREAM
        ? Math.ceilDiv(batch, EventType.MOST_TOGETHER)
        : batch;
  }

  /** Twice what may be called at once, so that those set aside do not stop the rest. */
  int maxAckPending() {
    return switch (kind) {
      case STREAM -> Math.max(10_000, 2 * inFlight * batch);
      // Nobody waits for a single one of these.
      case WAKE, REQUEST -> 100_000;
    };
  }
}
