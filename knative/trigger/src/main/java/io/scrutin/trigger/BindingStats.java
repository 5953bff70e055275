package io.scrutin.trigger;

import io.micronaut.serde.annotation.Serdeable;

/**
 * A binding at a glance.
 *
 * @param delivered events answered for good
 * @param published events that followed from them
 * @param retried how often an event was set aside to be tried again
 * @param pending events of the durable that are not acked yet
 * @param oldestSeconds the age of the oldest of them
 * @param inFlight calls at this moment
 * @param latencyP50Millis from the broker's stamp to the ack, over the last minutes
 */
@Serdeable
public record BindingStats(
    String name,
    String kind,
    String function,
    long delivered,
    long published,
    long retried,
    long parked,
    long pending,
    double oldestSeconds,
    int inFlight,
    double latencyP50Millis,
    double latencyP99Millis) {}
