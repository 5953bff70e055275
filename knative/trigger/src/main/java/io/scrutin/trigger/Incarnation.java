package io.scrutin.trigger;

import io.nats.client.api.ConsumerInfo;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A durable from its creation to its deletion. An ack is addressed by the durable's name, so one
 * that is late for a deleted durable would reach the new one of the same name.
 */
final class Incarnation {
  private final Instant created;
  private final BooleanSupplier known;
  private volatile boolean over;

  /**
   * @param known whether durables were looked at on the connection that there is now. Until then
   *     another trigger may have been faster to see a loss, and to make them anew.
   */
  Incarnation(Instant created, BooleanSupplier known) {
    this.created = created;
    this.known = known;
  }

  boolean isOf(ConsumerInfo durable) {
    return created.equals(durable.getCreationTime().toInstant());
  }

  /** Nothing may be said to it, or not yet. */
  boolean isSilent() {
    return over || !known.getAsBoolean();
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }
}
