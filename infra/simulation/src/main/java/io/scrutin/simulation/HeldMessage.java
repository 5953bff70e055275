package io.scrutin.simulation;

import io.nats.client.impl.NatsJetStreamMetaData;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.Status;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A message in a client's hand. What it says of it reaches the durable that has its name then. */
final class HeldMessage extends NatsMessage {
  private final BrokerConnection connection;
  private final SimulatedDurable durable;
  private final long sequence;

  HeldMessage(
      BrokerConnection connection,
      SimulatedDurable durable,
      Stored message,
      int times,
      long delivery,
      long pending) {
    super(
        message.subject(),
        reply(durable, message, times, delivery, pending),
        data(durable, message));
    this.connection = connection;
    this.durable = durable;
    this.sequence = message.sequence();
  }

  private static byte[] data(SimulatedDurable durable, Stored message) {
    return durable.configuration().isHeadersOnly() ? new byte[0] : message.data();
  }

  private static String reply(
      SimulatedDurable durable, Stored message, int times, long delivery, long pending) {
    long stamp =
        TimeUnit.SECONDS.toNanos(message.stamp().getEpochSecond()) + message.stamp().getNano();
    return "$JS.ACK."
        + durable.streamName()
        + "."
        + durable.name()
        + "."
        + times
        + "."
        + message.sequence()
        + "."
        + delivery
        + "."
        + stamp
        + "."
        + pending;
  }

  @Override
  public NatsJetStreamMetaData metaData() {
    return new NatsJetStreamMetaData(this);
  }

  @Override
  public boolean isJetStream() {
    return true;
  }

  @Override
  public void ack() {
    connection.sent("ack", () -> durable.successor().ifPresent(d -> d.ack(sequence)));
  }

  @Override
  public void nak() {
    connection.sent(
        "nak", () -> durable.successor().ifPresent(d -> d.nak(sequence, Duration.ZERO)));
  }

  @Override
  public void nakWithDelay(Duration delay) {
    connection.sent("nak", () -> durable.successor().ifPresent(d -> d.nak(sequence, delay)));
  }

  @Override
  public void inProgress() {
    connection.sent("progress", () -> durable.successor().ifPresent(d -> d.inProgress(sequence)));
  }

  /** What the server says of a request, rather than a message. */
  static NatsMessage status(String reply, int code, String text) {
    return new NatsMessage(reply, null, new byte[0]) {
      @Override
      public Status getStatus() {
        return new Status(code, text);
      }

      @Override
      public boolean isStatusMessage() {
        return true;
      }
    };
  }
}
