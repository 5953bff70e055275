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
import io.scrutin.simulation.Fates.Passage;
import io.scrutin.simulation.Fates.Phase;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process's connection to the broker, behind the client's own interfaces. */
final class BrokerConnection {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final int NEVER = -1;
  private static final String NEXT = "$JS.API.CONSUMER.MSG.NEXT.";

  private static final Facade<JetStream, BrokerConnection> STREAMS =
      Facade.<JetStream, BrokerConnection>of(JetStream.class)
          .answering("publishAsync", (own, call) -> own.publishAsync((Message) call[0]));

  private static final Facade<Connection, BrokerConnection> CONNECTIONS =
      Facade.<Connection, BrokerConnection>of(Connection.class)
          .answering("getStatus", (own, _) -> own.status)
          .answering("getServerInfo", (own, _) -> own.broker.info())
          .answering("jetStream", (own, _) -> own.jetStream)
          .answering("jetStreamManagement", (own, _) -> own.management)
          .answering("createInbox", (own, _) -> own.inboxes.name())
          .answering(
              "createDispatcher", (own, call) -> own.inboxes.dispatcher((MessageHandler) call[0]))
          .answering("closeDispatcher", (own, call) -> own.inboxes.close((Dispatcher) call[0]))
          .answering("publish", BrokerConnection::publish)
          .answering("flush", (_, _) -> null)
          .answering("close", (own, _) -> own.end());

  private final World world;
  private final Fates fates;
  private final SimulatedBroker broker;
  private final SimulatedProcess process;
  private final Connection facade;
  private final JetStream jetStream;
  private final JetStreamManagement management;
  private final Optional<ConnectionListener> listener;

  private final Inboxes inboxes;

  private Connection.Status status = Connection.Status.CONNECTED;
  private int connectedAs;

  /** What was said last on it still arrives: the kernel sends what it was given. */
  private int endedAs = NEVER;

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
    this.inboxes = new Inboxes(process.name());
    this.jetStream = STREAMS.before(this);
    this.facade = CONNECTIONS.before(this);
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

  @Nullable Object end() {
    endedAs = isConnected() ? connectedAs : NEVER;
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
    int start = broker.starts();
    boolean lost = fates.passage() == Passage.REQUEST_LOST;
    world.after(
        fates.latency(),
        () -> {
          if (!lost && reaches(number, start)) {
            effect.run();
          }
          fates.pass(process, place, Phase.AFTER);
        });
  }

  /** A server that was restarted knows nothing of what was said to the one before. */
  private boolean reaches(int number, int start) {
    return isConnectedAs(number)
        || (endedAs == number && broker.isUp() && broker.starts() == start);
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
    World.Timer limit =
        world.after(
            ANSWER_TIMEOUT, () -> answer.completeExceptionally(new TimeoutException("no answer")));
    broker.awaits(answer);
    var _ =
        answer.whenComplete(
            (_, _) -> {
              limit.cancel();
              broker.answered(answer);
            });
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
            inboxes.deliver(reply, message);
          }
        });
  }
}
