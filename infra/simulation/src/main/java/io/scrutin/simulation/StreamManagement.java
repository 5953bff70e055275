package io.scrutin.simulation;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.scrutin.simulation.Fates.Passage;
import io.scrutin.simulation.Fates.Phase;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The broker's interface for streams and durables: questions whose answer is waited for. */
final class StreamManagement {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  /** What the server does with a question. */
  private interface Asked {
    Object answer() throws JetStreamApiException;
  }

  private static final Facade<JetStreamManagement, StreamManagement> FACADES =
      Facade.<JetStreamManagement, StreamManagement>of(JetStreamManagement.class)
          .answering(
              "getStreamInfo",
              (own, call) -> own.ask("look", () -> BrokerJson.stream(own.stream(call[0]))))
          .answering(
              "getConsumerInfo",
              (own, call) ->
                  own.ask(
                      "look", () -> own.info(own.stream(call[0]), own.durable(call[0], call[1]))))
          .answering(
              "getConsumers", (own, call) -> own.ask("look", () -> own.all(own.stream(call[0]))))
          .answering(
              "addOrUpdateConsumer",
              (own, call) -> own.ask("put durable", () -> own.put(own.stream(call[0]), call[1])))
          .answering(
              "createConsumer",
              (own, call) -> own.ask("probe", () -> own.put(own.stream(call[0]), call[1])))
          .answering(
              "deleteConsumer",
              (own, call) -> own.ask("delete durable", () -> own.delete(call[0], call[1])))
          .answering("getMessage", (own, call) -> own.ask("look", () -> own.at(call)))
          .answering("getLastMessage", (own, call) -> own.ask("look", () -> own.last(call)))
          .answering("getNextMessage", (own, call) -> own.ask("look", () -> own.next(call)));

  private final World world;
  private final Fates fates;
  private final SimulatedBroker broker;
  private final BooleanSupplier connected;
  private int named;

  StreamManagement(World world, Fates fates, SimulatedBroker broker, BooleanSupplier connected) {
    this.world = world;
    this.fates = fates;
    this.broker = broker;
    this.connected = connected;
  }

  JetStreamManagement facade() {
    return FACADES.before(this);
  }

  private Object ask(String what, Asked asked) throws IOException, JetStreamApiException {
    String place = Places.of(what);
    SimulatedProcess process = world.current();
    fates.pass(process, place, Phase.BEFORE);
    Passage passage = fates.passage();
    world.sleep(fates.latency());
    if (!connected.getAsBoolean() || passage == Passage.REQUEST_LOST) {
      return timedOut();
    }
    Object answer = asked.answer();
    fates.pass(process, place, Phase.AFTER);
    world.sleep(fates.latency());
    return connected.getAsBoolean() && passage == Passage.WHOLE ? answer : timedOut();
  }

  private Object timedOut() throws IOException {
    world.sleep(ANSWER_TIMEOUT);
    throw new IOException("Timeout or no response waiting for NATS JetStream server");
  }

  private MessageInfo at(Object[] call) throws JetStreamApiException {
    return found(stream(call[0]), stream(call[0]).at((Long) call[1]));
  }

  private MessageInfo last(Object[] call) throws JetStreamApiException {
    return found(stream(call[0]), stream(call[0]).last((String) call[1]));
  }

  private MessageInfo next(Object[] call) throws JetStreamApiException {
    return found(stream(call[0]), stream(call[0]).next((Long) call[1], (String) call[2]));
  }

  private SimulatedStream stream(Object name) throws JetStreamApiException {
    return broker.stream((String) name)
        .orElseThrow(() -> BrokerJson.refusal(404, 10059, "stream not found"));
  }

  private SimulatedDurable durable(Object stream, Object name) throws JetStreamApiException {
    SimulatedDurable known = stream(stream).durables().get((String) name);
    if (known == null) {
      throw BrokerJson.refusal(404, 10014, "consumer not found");
    }
    return known;
  }

  private ConsumerInfo info(SimulatedStream stream, SimulatedDurable durable) {
    return BrokerJson.consumer(stream, durable, world.instant());
  }

  private Object all(SimulatedStream stream) {
    return stream.durables().values().stream().map(durable -> info(stream, durable)).toList();
  }

  private ConsumerInfo put(SimulatedStream stream, Object asked) throws JetStreamApiException {
    ConsumerConfiguration configuration = (ConsumerConfiguration) asked;
    String name =
        Objects.requireNonNullElseGet(configuration.getDurable(), () -> "probe" + ++named);
    SimulatedDurable known = stream.durables().get(name);
    if (known == null) {
      known = new SimulatedDurable(world, stream, name, configuration);
      stream.durables().put(name, known);
      if (configuration.getDurable() == null) {
        forgetLater(stream, name, configuration);
      }
    } else if (isElsewhere(known.configuration(), configuration)) {
      throw BrokerJson.refusal(400, 10012, "consumer can not be updated so");
    } else {
      known.configure(configuration);
    }
    return info(stream, known);
  }

  /** One that nobody named is removed when nobody reads it. */
  private void forgetLater(
      SimulatedStream stream, String name, ConsumerConfiguration configuration) {
    Duration unread =
        Objects.requireNonNullElse(configuration.getInactiveThreshold(), ANSWER_TIMEOUT);
    world.after(unread, () -> stream.durables().remove(name));
  }

  /** What no update may change. */
  private static boolean isElsewhere(ConsumerConfiguration known, ConsumerConfiguration asked) {
    return known.getDeliverPolicy() != asked.getDeliverPolicy()
        || known.getStartSequence() != asked.getStartSequence()
        || known.getAckPolicy() != asked.getAckPolicy();
  }

  private Object delete(Object stream, Object name) throws JetStreamApiException {
    durable(stream, name).delete();
    stream(stream).durables().remove((String) name);
    return true;
  }

  private static MessageInfo found(SimulatedStream stream, @Nullable Stored stored)
      throws JetStreamApiException {
    if (stored == null) {
      throw BrokerJson.refusal(404, 10037, "no message found");
    }
    return BrokerJson.message(stream.name(), stored);
  }
}
