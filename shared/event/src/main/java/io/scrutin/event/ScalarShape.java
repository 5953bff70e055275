package io.scrutin.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A value that is one JSON string or number. */
sealed interface ScalarShape extends Shape {
  String place();

  /**
   * The shape of a component of this type: a type that events may not have is a mistake of ours.
   */
  static ScalarShape of(Class<?> type, String place) {
    if (type.isEnum()) {
      return EnumShape.of(type, place);
    }
    return switch (type.getSimpleName()) {
      case "String" -> new TextShape(place);
      case "int", "Integer" -> new IntShape(place);
      case "long", "Long" -> new LongShape(place);
      case "Instant" -> new InstantShape(place);
      case "Bytes" -> new BytesShape(place);
      case "Tag" -> new TagShape(place);
      case "VoteId" -> new VoteIdShape(place);
      case String name -> throw new IllegalStateException("no event may hold a " + name);
    };
  }

  default String text(JsonParser in) throws IOException, MalformedEvent {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new MalformedEvent(place() + " is no text");
    }
    return in.getText();
  }

  default void requireInteger(JsonParser in) throws MalformedEvent {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new MalformedEvent(place() + " is no whole number");
    }
  }

  default byte[] base64(JsonParser in) throws IOException, MalformedEvent {
    String text = text(in);
    // The JDK's decoder would take a last group without its padding.
    if (text.length() % 4 == 0) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException showsValue) {
        // Falls through to the error that shows none.
      }
    }
    throw new MalformedEvent(place() + " is not base64");
  }

  record TextShape(String place) implements ScalarShape {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeString((String) value);
    }

    @Override
    public Object read(JsonParser in) throws IOException, MalformedEvent {
      String text = text(in);
      if (Checks.hasLoneSurrogate(text)) {
        throw new MalformedEvent(place + " is not Unicode");
      }
      return text;
    }
  }

  record IntShape(String place) implements ScalarShape {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeNumber((int) value);
    }

    @Override
    public Object read(JsonParser in) throws IOException, MalformedEvent {
      requireInteger(in);
      if (in.getNumberType() != JsonParser.NumberType.INT) {
        throw new MalformedEvent(place + " is out of range");
      }
      return in.getIntValue();
    }
  }

  record LongShape(String place) implements ScalarShape {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeNumber((long) value);
    }

    @Override
    public Object read(JsonParser in) throws IOException, MalformedEvent {
      requireInteger(in);
      if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw new MalformedEvent(place + " is out of range");
      }
      return in.getLongValue();
    }
  }

  record InstantShape(String place) implements ScalarShape {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeString(Rfc3339.write((Instant) value));
    }

    @Override
    public Object read(JsonParser in) throws IOException, MalformedEvent {
      Instant moment = Rfc3339.read(text(in));
      if (moment == null) {
        throw new MalformedEvent(place + " is no RFC 3339 timestamp");
      }
      return moment;
    }
  }

  record BytesShape(String place) implements ScalarShape {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      ((Bytes) value).writeBase64(out);
    }

    @Override
    public Object read(JsonParser in) throws IOException, MalformedEvent {
      return Bytes.of(base64(in));
    }
  }

  record TagShape(String place) implements ScalarShape {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      ((Tag) value).bytes().writeBase64(out);
    }

    @Override
    public Object read(JsonParser in) throws IOException, MalformedEvent {
      byte[] bytes = base64(in);
      if (bytes.length != Tag.LENGTH_BYTES) {
        throw new MalformedEvent(place + " has not " + Tag.LENGTH_BYTES + " bytes");
      }
      return Tag.of(bytes);
    }
  }

  record VoteIdShape(String place) implements ScalarShape {
    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeString(value.toString());
    }

    @Override
    public Object read(JsonParser in) throws IOException, MalformedEvent {
      String text = text(in);
      if (text.length() != 2 * VoteId.LENGTH_BYTES || !Checks.isLowerCaseHex(text)) {
        throw new MalformedEvent(
            place + " is not " + 2 * VoteId.LENGTH_BYTES + " lower-case hex digits");
      }
      return VoteId.parse(text);
    }
  }

  record EnumShape(String place, Map<String, Object> byName) implements ScalarShape {
    static EnumShape of(Class<?> type, String place) {
      return new EnumShape(
          place,
          Stream.of(type.getEnumConstants())
              .collect(
                  Collectors.toUnmodifiableMap(
                      constant -> ((Enum<?>) constant).name(), Function.identity())));
    }

    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
      out.writeString(((Enum<?>) value).name());
    }

    @Override
    public Object read(JsonParser in) throws IOException, MalformedEvent {
      Object constant = byName.get(text(in));
      if (constant == null) {
        throw new MalformedEvent(place + " is none of its known values");
      }
      return constant;
    }
  }
}
