package io.scrutin.event;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The context attributes that are read; an envelope may carry others, and they are passed over. */
enum Attribute {
  SPECVERSION,
  ID,
  SOURCE,
  TYPE,
  SUBJECT,
  TIME,
  DATACONTENTTYPE,
  CORRELATIONID,
  CAUSATIONID,
  TRACEPARENT,
  STAMPEDAT;

  static final List<Attribute> ALL = List.of(values());
  static final int MAX_CHARS = 1024;

  private static final Map<String, Attribute> BY_NAME =
      Stream.of(values())
          .collect(Collectors.toUnmodifiableMap(Attribute::wireName, Function.identity()));

  private final String wireName = name().toLowerCase(Locale.ROOT);

  String wireName() {
    return wireName;
  }

  @Nullable String of(Event event) {
    return switch (this) {
      case SPECVERSION -> "1.0";
      case ID -> event.id();
      case SOURCE -> event.source();
      case TYPE -> event.fact().type().type();
      case SUBJECT -> event.fact().about();
      case TIME -> Rfc3339.write(event.time());
      case DATACONTENTTYPE -> "application/json";
      case CORRELATIONID -> event.fact().correlationId();
      case CAUSATIONID -> event.causationId();
      case TRACEPARENT -> event.traceparent();
      case STAMPEDAT -> event.stampedAt() == null ? null : Rfc3339.write(event.stampedAt());
    };
  }

  static @Nullable Attribute named(String name) {
    return BY_NAME.get(name);
  }

  /** CloudEvents 1.0.2, 3.1 String: no control characters, no noncharacters, no lone surrogates. */
  void check(String value) throws MalformedEvent {
    if (value.isEmpty() || value.length() > MAX_CHARS) {
      throw new MalformedEvent(wireName + " has 1 to " + MAX_CHARS + " characters");
    }
    if (!Checks.isPlainText(value)) {
      throw new MalformedEvent(wireName + " has characters that no attribute may have");
    }
  }
}
