package io.scrutin.trigger;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.scrutin.step.Listens.By;
import java.time.Duration;
import java.util.Objects;

/** What of a durable's configuration is the binding's, and not the moment's. */
record DurableShape(
    String name,
    String subject,
    AckPolicy ackPolicy,
    boolean headersOnly,
    Duration ackWait,
    long maxAckPending) {

  static DurableShape of(BindingConfig binding, String environment, Duration ackWait) {
    boolean wake = binding.kind() == By.WAKE;
    return new DurableShape(
        binding.name(),
        binding.eventType().subject(environment),
        // One ack for all that a wake stood for.
        wake ? AckPolicy.All : AckPolicy.Explicit,
        wake,
        ackWait,
        binding.maxAckPending());
  }

  static DurableShape of(ConsumerConfiguration known) {
    return new DurableShape(
        Objects.requireNonNullElse(known.getDurable(), known.getName()),
        Objects.requireNonNullElse(known.getFilterSubject(), ""),
        known.getAckPolicy(),
        known.isHeadersOnly(),
        known.getAckWait(),
        known.getMaxAckPending());
  }

  /** Whether a durable of the other shape can become one of this without being made anew. */
  boolean canBeMadeFrom(DurableShape other) {
    return name.equals(other.name)
        && subject.equals(other.subject)
        && ackPolicy == other.ackPolicy
        && headersOnly == other.headersOnly;
  }

  ConsumerConfiguration fromTheStart(Checkpoint checkpoint) {
    return configured(checkpoint).deliverPolicy(DeliverPolicy.All).build();
  }

  ConsumerConfiguration from(long sequence, Checkpoint checkpoint) {
    return configured(checkpoint)
        .deliverPolicy(DeliverPolicy.ByStartSequence)
        .startSequence(sequence)
        .build();
  }

  /** The same durable at the same place, with these limits and another checkpoint. */
  ConsumerConfiguration changing(ConsumerConfiguration known, Checkpoint checkpoint) {
    return ConsumerConfiguration.builder(known)
        .ackWait(ackWait)
        .maxAckPending(maxAckPending)
        .description(checkpoint.describe())
        .build();
  }

  private ConsumerConfiguration.Builder configured(Checkpoint checkpoint) {
    return ConsumerConfiguration.builder()
        .durable(name)
        .filterSubject(subject)
        .ackPolicy(ackPolicy)
        .headersOnly(headersOnly)
        .ackWait(ackWait)
        .maxAckPending(maxAckPending)
        .description(checkpoint.describe());
  }
}
