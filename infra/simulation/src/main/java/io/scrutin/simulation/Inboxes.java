package io.scrutin.simulation;

import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the broker's answers on a connection go: to whoever listens to the subject named. */
final class Inboxes {
  /** What a dispatcher listens to. */
  private static final class Inbox {
    final MessageHandler handler;
    String prefix = "none";

    Inbox(MessageHandler handler) {
      this.handler = handler;
    }

    @Nullable Object listen(Object[] call) {
      prefix = ((String) call[0]).replace("*", "");
      return null;
    }
  }

  private static final Facade<Dispatcher, Inbox> DISPATCHERS =
      Facade.<Dispatcher, Inbox>of(Dispatcher.class).answering("subscribe", Inbox::listen);

  private final String process;
  private final Map<Dispatcher, Inbox> dispatchers = new IdentityHashMap<>();
  private int made;

  Inboxes(String process) {
    this.process = process;
  }

  /** A subject of its own. */
  String name() {
    return "_INBOX." + process + "." + ++made;
  }

  Dispatcher dispatcher(MessageHandler handler) {
    Inbox inbox = new Inbox(handler);
    Dispatcher dispatcher = DISPATCHERS.before(inbox);
    dispatchers.put(dispatcher, inbox);
    return dispatcher;
  }

  @Nullable Object close(Dispatcher dispatcher) {
    dispatchers.remove(dispatcher);
    return null;
  }

  void deliver(String reply, Message message) {
    for (Inbox inbox : dispatchers.values()) {
      if (reply.startsWith(inbox.prefix)) {
        try {
          inbox.handler.onMessage(message);
        } catch (InterruptedException stopping) {
          Thread.currentThread().interrupt();
        }
        return;
      }
    }
  }
}
