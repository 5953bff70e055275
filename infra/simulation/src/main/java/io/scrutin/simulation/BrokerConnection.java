package io.scrutin.simulation;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Options;
import io.nats.client.api.PublishAck;
import io.nats.client.api.ServerInfo;
import io.scrutin.simulation.Fates.Passage;
import io.scrutin.simulation.Fates.Phase;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process's connection to the broker, behind the client's own interfaces. */
final class BrokerConnection {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final String NEXT = "$JS.API.CONSUMER.MSG.NEXT.";

  private final World world;
  private final Fates fates;
  private final SimulatedBroker broker;
  private final SimulatedProcess process;
  private final Connection facade;
  private final JetStream jetStream;
  private final JetStreamManagement management;
  private final Optional<ConnectionListener> listener;

  /** What a dispatcher listens to. */
  private static final class Inbox {
    final MessageHandler handler;
    String prefix = "none";

    Inbox(MessageHandler handler) {
      this.handler = handler;
    }
  }

  private final IdentityHashMap<Dispatcher, Inbox> dispatchers = new IdentityHashMap<>();

  private Connection.Status status = Connection.Status.CONNECTED;
  private int connectedAs;
  private int inboxesMade;

  /** Messages arrive in the order in which they were sent, as over a socket. */
  private long lastArrivalNanos;

  BrokerConnection(
      World world, Fates fates, SimulatedBroker broker, SimulatedProcess process, Options options) {
    this.world = world;
    this.fates = fates;
    this.broker = broker;
    this.process = process;
    this.listener = Optional.ofNullable(options.getConnectionListener());
    StreamManagement streams = new StreamManagement(world, fates, broker, this::isConnected);
    this.management = streams.facade();
    this.jetStream =
        Facade.of(JetStream.class)
            .answering("publishAsync", call -> publishAsync((Message) call[0]))
            .made();
    this.facade =
        Facade.of(Connection.class)
            .answering("getStatus", _ -> status)
            .answering("getServerInfo", _ -> info())
            .answering("jetStream", _ -> jetStream)
            .answering("jetStreamManagement", _ -> management)
            .answering("createInbox", _ -> "_INBOX." + process.name() + "." + ++inboxesMade)
            .answering("createDispatcher", call -> dispatcher((MessageHandler) call[0]))
            .answering("closeDispatcher", call -> close((Dispatcher) call[0]))
            .answering("publish", this::publish)
            .answering("flush", _ -> null)
            .answering("close", _ -> end())
            .made();
  }

  Connection facade() {
    return facade;
  }

  int connectedAs() {
    return connectedAs;
  }

  private boolean isConnected() {
    return status == Connection.Status.CONNECTED;
  }

  boolean isConnectedAs(int number) {
    return isConnected() && connectedAs == number;
  }

  private ServerInfo info() {
    return new ServerInfo(
        "{\"server_id\":\"%s\",\"version\":\"2.9.10\",\"proto\":1,\"max_payload\":1048576}"
            .formatted(broker.serverId()));
  }

  @Nullable Object end() {
    status = Connection.Status.CLOSED;
    return null;
  }

  void breaks() {
    if (isConnected()) {
      status = Connection.Status.RECONNECTING;
      told(ConnectionListener.Events.DISCONNECTED);
    }
  }

  void comesBack() {
    if (status == Connection.Status.RECONNECTING && broker.isUp()) {
      status = Connection.Status.CONNECTED;
      connectedAs++;
      told(ConnectionListener.Events.RECONNECTED);
    }
  }

  /** On a thread of the process, as the client does. */
  private void told(ConnectionListener.Events event) {
    listener.ifPresent(
        l -> process.start("broker-events", () -> l.connectionEvent(facade, event, 0L, "")));
  }

  private Dispatcher dispatcher(MessageHandler handler) {
    Inbox inbox = new Inbox(handler);
    Dispatcher dispatcher =
        Facade.of(Dispatcher.class)
            .answering(
                "subscribe",
                call -> {
                  inbox.prefix = ((String) call[0]).replace("*", "");
                  return null;
                })
            .made();
    dispatchers.put(dispatcher, inbox);
    return dispatcher;
  }

  private @Nullable Object close(Dispatcher dispatcher) {
    dispatchers.remove(dispatcher);
    return null;
  }

  private @Nullable Object publish(Object[] call) {
    if (call.length < 3 || !(call[0] instanceof String subject) || !subject.startsWith(NEXT)) {
      throw new UnsupportedOperationException("the simulation knows no such publish");
    }
    String[] names = subject.substring(NEXT.length()).split("\\.", 2);
    String reply = (String) call[1];
    PullRequest request = PullRequest.read((byte[]) call[2]);
    sent(
        "fetch",
        () ->
            broker.stream(names[0])
                .map(stream -> stream.durables().get(names[1]))
                .ifPresent(
                    durable ->
                        durable.ask(
                            new SimulatedDurable.Pull(
                                this,
                                reply,
                                request.batch(),
                                request.noWait(),
                                world.nanos() + request.expiresNanos()))));
    return null;
  }

  /**
   * Something that nobody waits for an answer to: it arrives, or the connection broke first.
   *
   * @throws IllegalStateException as the client does, when there is no connection
   */
  void sent(String word, Runnable effect) {
    if (!isConnected()) {
      throw new IllegalStateException("not connected");
    }
    String place = Places.of(word);
    fates.pass(world.current(), place, Phase.BEFORE);
    int number = connectedAs;
    boolean lost = fates.passage() == Passage.REQUEST_LOST;
    world.after(
        fates.latency(),
        () -> {
          // A process that is gone has said it all the same: the kernel sends what it was given.
          if (!lost && (isConnectedAs(number) || (!process.isAlive() && broker.isUp()))) {
            effect.run();
          }
          fates.pass(process, place, Phase.AFTER);
        });
  }

  private CompletableFuture<PublishAck> publishAsync(Message message) {
    if (!isConnected()) {
      throw new IllegalStateException("not connected");
    }
    String place = Places.of("publish");
    fates.pass(world.current(), place, Phase.BEFORE);
    CompletableFuture<PublishAck> answer = new CompletableFuture<>();
    Passage passage = fates.passage();
    int number = connectedAs;
    if (passage != Passage.REQUEST_LOST) {
      world.after(
          fates.latency(),
          () -> {
            if (isConnectedAs(number)) {
              Runnable told = arrived(message, answer);
              fates.pass(process, place, Phase.AFTER);
              if (passage == Passage.WHOLE) {
                world.after(fates.latency(), () -> answered(number, told));
              }
            }
          });
    }
    world.after(
        ANSWER_TIMEOUT, () -> answer.completeExceptionally(new TimeoutException("no answer")));
    return answer;
  }

  private void answered(int number, Runnable told) {
    if (isConnectedAs(number) && process.isAlive()) {
      told.run();
    }
  }

  /** What the answer will say. */
  private Runnable arrived(Message message, CompletableFuture<PublishAck> answer) {
    String id = message.hasHeaders() ? message.getHeaders().getFirst("Nats-Msg-Id") : null;
    Optional<SimulatedStream> keeper = broker.keeperOf(message.getSubject());
    if (keeper.isEmpty()) {
      return () -> answer.completeExceptionally(new TimeoutException("no responders"));
    }
    SimulatedStream stream = keeper.get();
    Stored twin = stream.duplicateOf(id, world.instant());
    if (twin == null && stream.isFull()) {
      return () ->
          answer.completeExceptionally(BrokerJson.refusal(400, 10077, "maximum messages exceeded"));
    }
    Stored stored =
        twin != null
            ? twin
            : stream.add(message.getSubject(), message.getData(), id, world.instant());
    if (twin == null) {
      stream.durables().values().forEach(SimulatedDurable::serve);
    }
    PublishAck ack = BrokerJson.ack(stream.name(), stored.sequence(), twin != null);
    return () -> answer.complete(ack);
  }

  void hand(
      SimulatedDurable durable,
      Stored message,
      int times,
      long delivery,
      long pending,
      String reply) {
    arrive(reply, new HeldMessage(this, durable, message, times, delivery, pending));
  }

  void tell(String reply, int status, String text) {
    arrive(reply, HeldMessage.status(reply, status, text));
  }

  private void arrive(String reply, Message message) {
    int number = connectedAs;
    long at = Math.max(lastArrivalNanos, world.nanos() + fates.latency().toNanos());
    lastArrivalNanos = at;
    world.after(
        Duration.ofNanos(at - world.nanos()),
        () -> {
          if (isConnectedAs(number) && process.isAlive()) {
            deliver(reply, message);
          }
        });
  }

  private void deliver(String reply, Message message) {
    Optional<Inbox> inbox =
        dispatchers.values().stream().filter(i -> reply.startsWith(i.prefix)).findFirst();
    try {
      if (inbox.isPresent()) {
        inbox.get().handler.onMessage(message);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
