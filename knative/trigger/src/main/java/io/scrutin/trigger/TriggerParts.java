package io.scrutin.trigger;

import io.micrometer.core.instrument.MeterRegistry;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.event.EventCodec;
import java.time.Clock;

/** What every binding stands on. */
public record TriggerParts(
    BrokerLink broker,
    EventPublisher publisher,
    EventCodec codec,
    Clock clock,
    Time time,
    MeterRegistry meters,
    TriggerConfig config,
    String environment) {}
