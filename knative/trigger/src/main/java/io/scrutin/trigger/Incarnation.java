package io.scrutin.trigger;

import io.nats.client.api.ConsumerInfo;
import java.time.Instant;

/**
 * A durable from its creation to its deletion. An ack is addressed by the durable's name, so one
 * that is late for a deleted durable would reach the new one of the same name.
 */
final class Incarnation {
  private final Instant created;
  private volatile boolean over;

  Incarnation(Instant created) {
    this.created = created;
  }

  boolean isOf(ConsumerInfo durable) {
    return created.equals(durable.getCreationTime().toInstant());
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }
}
