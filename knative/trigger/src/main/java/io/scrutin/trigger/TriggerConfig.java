package io.scrutin.trigger;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all bindings; each of them is a {@link BindingConfig} under {@code bindings}.
 *
 * @param callTimeout for one call, the start of a sleeping function included
 * @param ackWait after which the broker hands an event to another trigger, unless this one is heard
 * @param awayFirst the first wait for a function that is away, doubling up to {@code awayLongest}
 * @param releaseFirst how long an event that broke its function is set aside, doubling up to {@code
 *     releaseLongest}
 * @param silence after which the next event wakes all functions of its stream
 * @param syncInterval the broker's: how long a message may be in no place that survives power loss
 * @param checkpointEvery how often the durables' floors are written down
 * @param sampleEvery how often pending and oldest are asked for
 * @param drainTimeout for the batches in hand when it stops
 * @param bindings by name; read as {@link BindingConfig}s, here only because it is a setting too
 * @param discovery read as a {@link DiscoveryConfig}, here for the same reason
 */
@ConfigurationProperties("trigger")
public record TriggerConfig(
    @Bindable(defaultValue = "60s") Duration callTimeout,
    @Bindable(defaultValue = "30s") Duration ackWait,
    @Bindable(defaultValue = "100ms") Duration awayFirst,
    @Bindable(defaultValue = "5s") Duration awayLongest,
    @Bindable(defaultValue = "1s") Duration releaseFirst,
    @Bindable(defaultValue = "30s") Duration releaseLongest,
    @Bindable(defaultValue = "30s") Duration silence,
    @Bindable(defaultValue = "2m") Duration syncInterval,
    @Bindable(defaultValue = "1m") Duration checkpointEvery,
    @Bindable(defaultValue = "5s") Duration sampleEvery,
    @Bindable(defaultValue = "15s") Duration drainTimeout,
    @Nullable Map<String, Object> bindings,
    @Nullable Map<String, Object> discovery) {

  public TriggerConfig {
    if (!callTimeout.isPositive()
        || ackWait.toMillis() < 300
        || !silence.isPositive()
        || syncInterval.isNegative()
        || !checkpointEvery.isPositive()
        || !sampleEvery.isPositive()
        || !drainTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "the trigger's times are above zero, ack-wait above 300ms");
    }
  }

  Backoff away() {
    return new Backoff(awayFirst, awayLongest);
  }

  Backoff release() {
    return new Backoff(releaseFirst, releaseLongest);
  }

  /** Three chances to be heard before the broker hands the event to another. */
  Duration heartbeat() {
    return ackWait.dividedBy(3);
  }
}
