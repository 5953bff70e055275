package io.scrutin.event;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Any CloudEvent, of whatever type: what CloudEvents 1.0 asks of every event, and no more.
 *
 * @param data the bytes of the data as they were found: a JSON value in structured mode, the body
 *     in binary mode
 * @param dataBase64 the data of an event that carries it as {@code data_base64} instead
 */
record Envelope(
    String id,
    String source,
    String type,
    @Nullable String subject,
    @Nullable Instant time,
    @Nullable String dataContentType,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String traceparent,
    @Nullable Instant stampedAt,
    @Nullable ByteBuffer data,
    @Nullable String dataBase64) {

  /** This as an event of a fact that was taken from it. */
  Event event(Fact fact, Instant time) throws MalformedEvent {
    try {
      return new Event(id, source, time, causationId, traceparent, stampedAt, fact);
    } catch (IllegalArgumentException refused) {
      throw new MalformedEvent(String.valueOf(refused.getMessage()));
    }
  }

  /**
   * What is told of the data in the envelope and does not fit it would mislead who reads only that.
   */
  Event checkedEvent(Fact fact) throws MalformedEvent {
    if (subject != null && !subject.equals(fact.about())) {
      throw new MalformedEvent("subject is not what the data is about");
    }
    if (correlationId != null && !correlationId.equals(fact.correlationId())) {
      throw new MalformedEvent("correlationid is not that of the data");
    }
    if (time == null) {
      throw new MalformedEvent("time is missing");
    }
    return event(fact, time);
  }

  /** The data, when it is JSON. */
  ByteBuffer json() throws MalformedEvent {
    if (!isJson()) {
      throw new MalformedEvent("datacontenttype is not JSON");
    }
    if (data != null) {
      return data;
    }
    if (dataBase64 == null) {
      throw new MalformedEvent("data is missing");
    }
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(dataBase64));
    } catch (IllegalArgumentException showsValue) {
      throw new MalformedEvent("data_base64 is not base64");
    }
  }

  /** JSON format of CloudEvents 1.0.2, 3.1.1: no content type at all means JSON, too. */
  private boolean isJson() {
    if (dataContentType == null || dataContentType.equals("application/json")) {
      return true;
    }
    String mediaType = dataContentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return mediaType.endsWith("/json") || mediaType.endsWith("+json");
  }
}
