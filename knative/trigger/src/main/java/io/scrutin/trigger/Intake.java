package io.scrutin.trigger;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Pulls from one durable: what is there, up to a batch, and at least one message if one comes in
 * time. jnats's own pull subscription cannot end a wait at the first message, which is what {@code
 * no_wait} together with {@code expires} does on the server (2.9.10 and later).
 */
final class Intake implements AutoCloseable {
  /** An idle durable is asked again this often, which also shows whether it is still there. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The server answers every pull, so past this one was lost. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Connection connection;
  private final String next;
  private final String inbox;
  private final Subscription subscription;
  private final Incarnation incarnation;
  private final BooleanSupplier current;
  private long pulls;
  private volatile boolean open = true;

  /**
   * @param current whether the durable was looked at on the connection that there is now
   */
  Intake(
      Connection connection,
      String stream,
      String durable,
      Incarnation incarnation,
      BooleanSupplier current) {
    this.connection = connection;
    this.incarnation = incarnation;
    this.current = current;
    this.next = "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + durable;
    this.inbox = connection.createInbox();
    this.subscription = connection.subscribe(inbox + ".*");
  }

  /** Once closed it takes nothing more, and the durable is looked at anew. */
  boolean isOpen() {
    return open && current.getAsBoolean();
  }

  /** Empty when nothing came; what came before the subscription ended is returned all the same. */
  List<Delivery> take(int most) throws InterruptedException {
    List<Delivery> taken = new ArrayList<>();
    try {
      String pull = inbox + "." + ++pulls;
      connection.publish(next, pull, request(most));
      long deadline = System.nanoTime() + PATIENCE.plus(GRACE).toNanos();
      while (taken.size() < most) {
        Message message = subscription.nextMessage(left(deadline));
        if (message == null) {
          open &= !taken.isEmpty();
          break;
        }
        Status status = message.getStatus();
        if (status == null) {
          taken.add(new Delivery(message, incarnation));
        } else if (pull.equals(message.getSubject())) {
          open &= isEndOfPull(status);
          break;
        }
      }
    } catch (IllegalStateException closed) {
      open = false;
    }
    return taken;
  }

  /** 404 and 408 end a pull; anything else says that the durable is gone, or its server. */
  private static boolean isEndOfPull(Status status) {
    return status.getCode() == 404 || status.getCode() == 408;
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private static byte[] request(int most) {
    return "{\"batch\":%d,\"no_wait\":true,\"expires\":%d}"
        .formatted(most, PATIENCE.toNanos())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Ends a {@link #take} under way after what the broker has sent already. */
  void drain() throws InterruptedException {
    open = false;
    try {
      var _ = subscription.drain(DRAIN);
    } catch (IllegalStateException closed) {
      // Then there is nothing to end.
    }
  }

  @Override
  public void close() {
    open = false;
    try {
      subscription.unsubscribe();
    } catch (IllegalStateException closed) {
      // The connection ended it.
    }
  }
}
