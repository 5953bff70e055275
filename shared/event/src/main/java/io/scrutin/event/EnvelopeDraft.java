package io.scrutin.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An envelope while it is read. The first thing wrong is remembered and reading goes on, so that
 * the id of a bad element of a batch, and the elements after it, are still found.
 */
final class EnvelopeDraft {
  private static final String HEADER_PREFIX = "ce-";

  private final Map<Attribute, @Nullable String> values = new EnumMap<>(Attribute.class);
  private @Nullable Set<String> others;
  private @Nullable ByteBuffer data;
  private @Nullable String dataBase64;
  private @Nullable String problem;

  private EnvelopeDraft() {}

  /** Reads the object that the parser stands before the members of, up to its end. */
  static EnvelopeDraft ofJson(JsonParser in, byte[] json) throws IOException {
    EnvelopeDraft draft = new EnvelopeDraft();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken token = in.nextToken();
      Attribute attribute = Attribute.named(name);
      if (attribute != null) {
        draft.take(attribute, token, in);
      } else if (name.equals("data")) {
        draft.note(draft.data == null ? null : "data is there twice");
        draft.data = slice(in, json);
      } else if (name.equals("data_base64")) {
        draft.note(draft.dataBase64 == null ? null : "data_base64 is there twice");
        draft.takeBase64(token, in);
      } else {
        draft.takeOther(name, token, in);
      }
    }
    return draft;
  }

  static EnvelopeDraft ofHeaders(Map<String, String> headers, byte[] body) {
    EnvelopeDraft draft = new EnvelopeDraft();
    headers.forEach(
        (header, value) -> {
          String name = header.toLowerCase(Locale.ROOT);
          if (name.equals("content-type")) {
            draft.set(Attribute.DATACONTENTTYPE, value);
          } else if (name.startsWith(HEADER_PREFIX)) {
            draft.takeHeader(Attribute.named(name.substring(HEADER_PREFIX.length())), value);
          }
        });
    draft.data = body.length == 0 ? null : ByteBuffer.wrap(body);
    return draft;
  }

  private void take(Attribute attribute, JsonToken token, JsonParser in) throws IOException {
    switch (token) {
      case VALUE_STRING -> set(attribute, in.getText());
      case VALUE_NULL -> set(attribute, null);
      // Numbers and booleans, objects and arrays: none of ours is one.
      case JsonToken _ -> {
        in.skipChildren();
        note(attribute.wireName() + " is no text");
      }
    }
  }

  private void takeHeader(@Nullable Attribute attribute, String value) {
    if (attribute == null) {
      return;
    }
    if (attribute == Attribute.DATACONTENTTYPE) {
      note("ce-datacontenttype is there, where Content-Type says it");
      return;
    }
    try {
      set(attribute, HeaderText.decode(value));
    } catch (MalformedEvent malformed) {
      note(malformed.getMessage());
    }
  }

  private void set(Attribute attribute, @Nullable String value) {
    note(values.containsKey(attribute) ? attribute.wireName() + " is there twice" : null);
    values.put(attribute, value);
  }

  private void takeBase64(JsonToken token, JsonParser in) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      dataBase64 = in.getText();
    } else {
      in.skipChildren();
      note("data_base64 is no text");
    }
  }

  private void takeOther(String name, JsonToken token, JsonParser in) throws IOException {
    if (others == null) {
      others = new HashSet<>();
    }
    note(others.add(name) ? null : "an attribute is there twice");
    note(token.isScalarValue() ? null : "an attribute has a value of several parts");
    in.skipChildren();
  }

  private static ByteBuffer slice(JsonParser in, byte[] json) throws IOException {
    int from = (int) in.currentTokenLocation().getByteOffset();
    in.skipChildren();
    in.finishToken();
    int to = (int) in.currentLocation().getByteOffset();
    return ByteBuffer.wrap(json, from, to - from);
  }

  private void note(@Nullable String found) {
    if (problem == null) {
      problem = found;
    }
  }

  /** The id, when it is of use to name the event by. */
  @Nullable String id() {
    String id = values.get(Attribute.ID);
    return id == null
            || id.isBlank()
            || id.length() > Event.MAX_ID_LENGTH
            || !Checks.isPlainText(id)
        ? null
        : id;
  }

  Envelope finish() throws MalformedEvent {
    if (problem != null) {
      throw new MalformedEvent(problem);
    }
    for (Attribute attribute : Attribute.ALL) {
      String value = values.get(attribute);
      if (value != null) {
        attribute.check(value);
      }
    }
    if (!required(Attribute.SPECVERSION).equals("1.0")) {
      throw new MalformedEvent("specversion is not 1.0");
    }
    if (data != null && dataBase64 != null) {
      throw new MalformedEvent("both data and data_base64 are there");
    }
    return new Envelope(
        required(Attribute.ID),
        required(Attribute.SOURCE),
        required(Attribute.TYPE),
        optional(Attribute.SUBJECT),
        moment(Attribute.TIME),
        optional(Attribute.DATACONTENTTYPE),
        optional(Attribute.CORRELATIONID),
        optional(Attribute.CAUSATIONID),
        optional(Attribute.TRACEPARENT),
        moment(Attribute.STAMPEDAT),
        data,
        dataBase64);
  }

  private String required(Attribute attribute) throws MalformedEvent {
    String value = optional(attribute);
    if (value == null) {
      throw new MalformedEvent(attribute.wireName() + " is missing");
    }
    return value;
  }

  private @Nullable String optional(Attribute attribute) {
    return values.get(attribute);
  }

  private @Nullable Instant moment(Attribute attribute) throws MalformedEvent {
    String value = optional(attribute);
    if (value == null) {
      return null;
    }
    Instant moment = Rfc3339.read(value);
    if (moment == null) {
      throw new MalformedEvent(attribute.wireName() + " is no RFC 3339 timestamp");
    }
    return moment;
  }
}
