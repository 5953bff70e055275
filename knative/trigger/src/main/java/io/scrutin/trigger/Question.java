package io.scrutin.trigger;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.scrutin.broker.Requests;
import io.scrutin.event.Event;
import java.time.Instant;

/** What somebody asks over core NATS, and where they wait for an answer. */
record Question(Message message, Event event, Instant arrived) {
  /** As of NATS services (ADR-32): what {@link Requests#NO_ANSWER} says, for machines. */
  static final String ERROR_CODE = "Nats-Service-Error-Code";

  void answer(byte[] body) {
    reply(message, body, new Headers());
  }

  void refuse(String code, String reason) {
    refuse(message, code, reason);
  }

  /** Also what cannot be read is answered. */
  static void refuse(Message message, String code, String reason) {
    reply(
        message,
        new byte[0],
        new Headers()
            .add(ERROR_CODE, code)
            .add(Requests.NO_ANSWER, reason.replaceAll("[\r\n]", " ")));
  }

  private static void reply(Message message, byte[] body, Headers headers) {
    Connection connection = message.getConnection();
    String replyTo = message.getReplyTo();
    if (connection == null || replyTo == null) {
      return;
    }
    try {
      connection.publish(
          NatsMessage.builder().subject(replyTo).headers(headers).data(body).build());
    } catch (IllegalStateException disconnected) {
      // Whoever asked asks again.
    }
  }
}
