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
import io.nats.client.support.JsonValueUtils;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The broker's answers in the form in which the client reads them. */
final class BrokerJson {
  private BrokerJson() {}

  static JsonValue parsed(String json) {
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
        "{\"stream\":\"" + stream + "\",\"seq\":" + sequence + ",\"duplicate\":" + duplicate + "}";
    try {
      return new PublishAck(new NatsMessage("ack", null, json.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException | JetStreamApiException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static ConsumerInfo consumer(SimulatedStream stream, SimulatedDurable durable, Instant now) {
    return new ConsumerInfo(
        JsonValueUtils.mapBuilder()
            .put("type", "io.nats.jetstream.api.v1.consumer_info_response")
            .put("stream_name", stream.name())
            .put("name", durable.name())
            .put("created", durable.created().toString())
            .put("config", durable.configurationJson())
            .put("delivered", place(durable.deliveries(), durable.delivered()))
            .put("ack_floor", place(0, durable.floor()))
            .put("num_ack_pending", durable.outstanding())
            .put("num_redelivered", 0)
            .put("num_waiting", durable.waiting())
            .put("num_pending", durable.pending())
            .put("ts", now.toString())
            .toJsonValue());
  }

  private static JsonValue place(long ofConsumer, long ofStream) {
    return JsonValueUtils.mapBuilder()
        .put("consumer_seq", ofConsumer)
        .put("stream_seq", ofStream)
        .toJsonValue();
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
