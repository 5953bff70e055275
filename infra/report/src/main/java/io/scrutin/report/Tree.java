package io.scrutin.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object as it came: fields in their order, absent ones absent. */
record Tree(Map<String, Object> fields) {
  private static final JsonFactory JSON = new JsonFactory();

  static Tree read(String json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no JSON object");
      }
      Tree tree = object(parser);
      if (parser.nextToken() != null) {
        throw new IOException("something follows the answer");
      }
      return tree;
    }
  }

  private static Tree object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        fields.put(name, value);
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("the answer ends too early");
    }
    return new Tree(fields);
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          Object item = value(parser);
          if (item != null) {
            items.add(item);
          }
        }
        yield items;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new IOException("the answer is no JSON");
    };
  }

  @Nullable Object get(String name) {
    return fields.get(name);
  }

  /** Empty for what is absent. */
  Object cell(String name) {
    Object value = fields.get(name);
    return value == null ? "" : value;
  }

  boolean is(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  /** None where it is absent. */
  List<Tree> list(String name) {
    return fields.get(name) instanceof List<?> items
        ? items.stream().filter(Tree.class::isInstance).map(Tree.class::cast).toList()
        : List.of();
  }

  Tree child(String name) {
    return fields.get(name) instanceof Tree tree ? tree : new Tree(Map.of());
  }

  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      write(this, generator);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator generator) throws IOException {
    switch (value) {
      case Tree tree -> {
        generator.writeStartObject();
        for (Map.Entry<String, Object> field : tree.fields().entrySet()) {
          generator.writeFieldName(field.getKey());
          write(field.getValue(), generator);
        }
        generator.writeEndObject();
      }
      case List<?> items -> {
        generator.writeStartArray();
        for (Object item : items) {
          write(item, generator);
        }
        generator.writeEndArray();
      }
      case Long number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number);
      case Boolean truth -> generator.writeBoolean(truth);
      case Object text -> generator.writeString(text.toString());
    }
  }
}
