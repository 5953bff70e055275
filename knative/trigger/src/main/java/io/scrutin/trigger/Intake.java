package io.scrutin.trigger;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.support.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pulls from one durable: what is there, up to a batch, and at least one message if one comes in
 * time. jnats's own pull subscription cannot end a wait at the first message, which is what {@code
 * no_wait} together with {@code expires} does on the server (2.9.10 and later); and one that is
 * read with {@code nextMessage} drops a message when it ends at that moment.
 */
final class Intake implements AutoCloseable {
  /** An idle durable is asked again this often, which also shows whether it is still there. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The server answers every pull, so past this one was lost. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** For the rest of a pull that has begun to be answered. */
  private static final Duration REST = Duration.ofSeconds(2);

  /** For a pull that has not: what the broker is about to send is here by then. */
  private static final Duration QUIET = Duration.ofMillis(100);

  private sealed interface Received {
    record Sent(Message message) implements Received {}

    /** The pull under way is the last one, and waits for no message that is not there yet. */
    record Stop() implements Received {}

    /** Nothing that comes after it is taken. */
    record End() implements Received {}
  }

  private final Connection connection;
  private final String nextSubject;
  private final String inbox;
  private final Dispatcher dispatcher;
  private final Incarnation incarnation;
  private final Time time;
  private final BooleanSupplier current;

  /** Holds no more than was asked for. */
  private final Queue<Received> received = new ConcurrentLinkedQueue<>();

  /** One thread pulls; it may be another each time. */
  private volatile @Nullable Thread taking;

  private long pulls;
  private boolean ended;
  private volatile boolean open = true;

  /**
   * @param current whether the durable was looked at on the connection that there is now
   */
  Intake(
      Connection connection,
      String stream,
      String durable,
      Incarnation incarnation,
      Time time,
      BooleanSupplier current) {
    this.connection = connection;
    this.incarnation = incarnation;
    this.time = time;
    this.current = current;
    this.nextSubject = "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + durable;
    this.inbox = connection.createInbox();
    this.dispatcher = connection.createDispatcher(this::receive);
    this.dispatcher.subscribe(inbox + ".*");
  }

  private synchronized void receive(Message message) {
    if (!ended) {
      arrived(new Received.Sent(message));
    } else if (message.getStatus() == null) {
      new Delivery(message, incarnation).giveBack();
    }
  }

  private void arrived(Received what) {
    received.add(what);
    Thread waits = taking;
    if (waits != null) {
      LockSupport.unpark(waits);
    }
  }

  /** Nothing when the deadline comes first. */
  private @Nullable Received next(long deadlineNanos) throws InterruptedException {
    for (Received first = received.poll(); ; first = received.poll()) {
      long left = deadlineNanos - time.nanoTime();
      if (first != null || left <= 0) {
        return first;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      time.park(left);
    }
  }

  private synchronized void end() {
    ended = true;
    for (Received left = received.poll(); left != null; left = received.poll()) {
      if (left instanceof Received.Sent(Message message) && message.getStatus() == null) {
        new Delivery(message, incarnation).giveBack();
      }
    }
    arrived(new Received.End());
  }

  /** Once closed it takes nothing more, and the durable is looked at anew. */
  boolean isOpen() {
    return open && current.getAsBoolean() && !incarnation.isOver();
  }

  /** Empty when nothing came; what came before the end is returned all the same. */
  List<Delivery> take(int most) throws InterruptedException {
    taking = Thread.currentThread();
    List<Delivery> taken = new ArrayList<>();
    if (incarnation.isOver()) {
      // The one that came after has its name and would answer; whoever takes from it could not ack.
      open = false;
      return taken;
    }
    String pull = inbox + "." + ++pulls;
    try {
      connection.publish(nextSubject, pull, request(most));
    } catch (IllegalStateException disconnected) {
      open = false;
      return taken;
    }
    long deadline = time.nanoTime() + PATIENCE.plus(GRACE).toNanos();
    while (taken.size() < most) {
      switch (next(deadline)) {
        case null -> {
          open &= !taken.isEmpty();
          return taken;
        }
        case Received.Stop _ ->
            deadline = time.nanoTime() + (taken.isEmpty() ? QUIET : REST).toNanos();
        case Received.End _ -> {
          open = false;
          return taken;
        }
        case Received.Sent(Message message) -> {
          Status status = message.getStatus();
          if (status == null) {
            taken.add(new Delivery(message, incarnation));
          } else if (pull.equals(message.getSubject())) {
            open &= isEndOfPull(status);
            return taken;
          }
        }
      }
    }
    return taken;
  }

  /** 404 and 408 end a pull; anything else says that the durable is gone, or its server. */
  private static boolean isEndOfPull(Status status) {
    return status.getCode() == 404 || status.getCode() == 408;
  }

  private static byte[] request(int most) {
    return "{\"batch\":%d,\"no_wait\":true,\"expires\":%d}"
        .formatted(most, PATIENCE.toNanos())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Lets a {@link #take} under way finish. The subscription stays until it has: what the broker
   * sends to one that is gone counts as delivered, and comes again only after the ack wait.
   */
  void drain() {
    open = false;
    arrived(new Received.Stop());
  }

  /** Whoever waits in {@link #take} returns; what nobody took goes to another trigger. */
  @Override
  public void close() {
    open = false;
    try {
      connection.closeDispatcher(dispatcher);
    } catch (IllegalArgumentException | IllegalStateException closed) {
      // The connection ended it.
    }
    end();
  }
}
