package io.scrutin.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 in JSON: structured, batched and binary mode. */
public final class EventCodec {
  public static final String STRUCTURED = "application/cloudevents+json";
  public static final String BATCH = "application/cloudevents-batch+json";

  /** One element of a batch: an event, or what is wrong with it. */
  public sealed interface Decoded {
    record Readable(Event event) implements Decoded {}

    record Unreadable(@Nullable String id, String reason) implements Decoded {}
  }

  /** The bytes are no event of ours. The message names what is wrong and shows no value. */
  public static final class MalformedEvent extends Exception {
    public MalformedEvent(String message) {
      super(message);
    }

    public MalformedEvent(String message, Throwable cause) {
      super(message, cause);
    }
  }

  public byte[] encode(Event event) {
    throw new UnsupportedOperationException();
  }

  public Event decode(byte[] json) throws MalformedEvent {
    throw new UnsupportedOperationException();
  }

  public byte[] encodeBatch(List<Event> events) {
    throw new UnsupportedOperationException();
  }

  /** Fails as a whole only when the batch is no JSON array. */
  public List<Decoded> decodeBatch(byte[] json) throws MalformedEvent {
    throw new UnsupportedOperationException();
  }

  /** The {@code ce-} headers of binary mode; the body is {@link #data}. */
  public Map<String, String> headers(Event event) {
    throw new UnsupportedOperationException();
  }

  public byte[] data(Event event) {
    throw new UnsupportedOperationException();
  }

  /**
   * Header names in any case. A type that is not ours (a Knative PingSource's) is a {@link Wake}.
   */
  public Event decodeBinary(Map<String, String> headers, byte[] body) throws MalformedEvent {
    throw new UnsupportedOperationException();
  }

  public String contestJson(Contest contest) {
    throw new UnsupportedOperationException();
  }

  public Contest readContest(String json) throws MalformedEvent {
    throw new UnsupportedOperationException();
  }
}
