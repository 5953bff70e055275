package io.scrutin.simulation;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The broker's answers in the form in which the client reads them. */
final class BrokerJson {
  private BrokerJson() {}

  private static JsonValue parsed(String json) {
    try {
      return JsonParser.parse(json);
    } catch (JsonParseException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  static JetStreamApiException refusal(int code, int apiCode, String text) {
    return new JetStreamApiException(
        new StreamInfo(
            parsed(
                "{\"type\":\"error\",\"error\":{\"code\":%d,\"err_code\":%d,\"description\":\"%s\"}}"
                    .formatted(code, apiCode, text))));
  }

  static PublishAck ack(String stream, long sequence, boolean duplicate) {
    String json =
        "{\"stream\":\"%s\",\"seq\":%d,\"duplicate\":%b}".formatted(stream, sequence, duplicate);
    try {
      return new PublishAck(new NatsMessage("ack", null, json.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException | JetStreamApiException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static ConsumerInfo consumer(SimulatedStream stream, SimulatedDurable durable, Instant now) {
    return new ConsumerInfo(
        parsed(
            """
            {"type":"io.nats.jetstream.api.v1.consumer_info_response","stream_name":"%s",\
            "name":"%s","created":"%s","config":%s,\
            "delivered":{"consumer_seq":%d,"stream_seq":%d},\
            "ack_floor":{"consumer_seq":0,"stream_seq":%d},\
            "num_ack_pending":%d,"num_redelivered":0,"num_waiting":%d,"num_pending":%d,"ts":"%s"}
            """
                .formatted(
                    stream.name(),
                    durable.name(),
                    durable.created(),
                    durable.configuration().toJson(),
                    durable.deliveries(),
                    durable.delivered(),
                    durable.floor(),
                    durable.outstanding(),
                    durable.waiting(),
                    durable.pending(),
                    now)));
  }

  static StreamInfo stream(SimulatedStream stream) {
    return new StreamInfo(
        parsed(
            """
            {"type":"io.nats.jetstream.api.v1.stream_info_response",\
            "config":{"name":"%s","subjects":[]},"created":"%s",\
            "state":{"messages":%d,"bytes":0,"first_seq":%d,"first_ts":"%s","last_seq":%d,\
            "last_ts":"%s","consumer_count":%d}}
            """
                .formatted(
                    stream.name(),
                    World.START,
                    stream.last(),
                    stream.first(),
                    World.START,
                    stream.last(),
                    stream.lastStamp(),
                    stream.durables().size())));
  }

  static MessageInfo message(String stream, Stored stored) {
    Headers headers = new Headers();
    headers.put("Nats-Stream", stream);
    headers.put("Nats-Subject", stored.subject());
    headers.put("Nats-Sequence", Long.toString(stored.sequence()));
    headers.put("Nats-Time-Stamp", stored.stamp().toString());
    return new MessageInfo(
        new NatsMessage(stored.subject(), null, headers, stored.data()), stream, true);
  }
}
