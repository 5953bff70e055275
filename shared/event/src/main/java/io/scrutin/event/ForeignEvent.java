package io.scrutin.event;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.time.Instant;
import java.util.Objects;

/** Events that others send us, of which only the arrival is of use: a PingSource's ticks. */
final class ForeignEvent {
  private static final int MAX_BINDING_CHARS = 64;

  private ForeignEvent() {}

  static boolean isFromKnative(Envelope envelope) {
    return envelope.type().startsWith("dev.knative.");
  }

  static Event wake(Envelope envelope) throws MalformedEvent {
    // Time is optional in CloudEvents, and nothing asks when a wake was: work is due or it is not.
    Instant time = Objects.requireNonNullElse(envelope.time(), Instant.EPOCH);
    return envelope.event(new Wake(binding(envelope.source())), time);
  }

  /**
   * The name of the source: the last part of {@code /apis/v1/namespaces/N/pingsources/NAME}, in
   * characters that a log and a metric's label can take.
   */
  private static String binding(String source) {
    String name = source.substring(source.lastIndexOf('/') + 1);
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "-");
    String bounded = plain.substring(0, Math.min(plain.length(), MAX_BINDING_CHARS));
    return bounded.isEmpty() ? "ping" : bounded;
  }
}
