package io.scrutin.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The JSON Schema (draft 2020-12) of a whole event of one type, taken from its record. */
final class EventSchema {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final String VOTE_ID = "^[0-9a-f]{32}$";

  private EventSchema() {}

  static ObjectNode of(EventType type) {
    ObjectNode schema = object();
    schema.put("$schema", DRAFT);
    schema.put("$id", "urn:scrutin:event:" + type.type());
    schema.put("title", type.type());
    schema.put("description", CatalogueEntry.of(type).meaning());
    schema.put("type", "object");
    ObjectNode members = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (Attribute attribute : Attribute.ALL) {
      members.set(attribute.wireName(), attribute(attribute, type));
      if (isRequired(attribute)) {
        required.add(attribute.wireName());
      }
    }
    members.set("data", record(type.fact()));
    required.add("data");
    // Extensions that others add are passed over, as long as they are simple values.
    schema
        .putObject("additionalProperties")
        .putArray("type")
        .add("string")
        .add("number")
        .add("boolean")
        .add("null");
    return schema;
  }

  private static ObjectNode attribute(Attribute attribute, EventType type) {
    ObjectNode schema = object();
    switch (attribute) {
      case SPECVERSION -> schema.put("const", "1.0");
      case TYPE -> schema.put("const", type.type());
      case DATACONTENTTYPE -> schema.put("const", "application/json");
      case TIME, STAMPEDAT -> schema.put("type", "string").put("format", "date-time");
      case ID, SOURCE, CAUSATIONID -> new FieldLimits.Text(200).describe(schema);
      case SUBJECT, CORRELATIONID, TRACEPARENT -> new FieldLimits.Text(1024).describe(schema);
    }
    return schema;
  }

  static boolean isRequired(Attribute attribute) {
    return switch (attribute) {
      case SPECVERSION, ID, SOURCE, TYPE, TIME -> true;
      case SUBJECT, DATACONTENTTYPE, CORRELATIONID, CAUSATIONID, TRACEPARENT, STAMPEDAT -> false;
    };
  }

  private static ObjectNode record(Class<?> type) {
    ObjectNode schema = object();
    schema.put("type", "object");
    ObjectNode members = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : type.getRecordComponents()) {
      members.set(component.getName(), component(component));
      if (!isNullable(component)) {
        required.add(component.getName());
      }
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode component(RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType list) {
      ObjectNode schema = object();
      schema.put("type", "array").put("minItems", 2).put("maxItems", Contest.MAX_CHOICES);
      schema.set("items", record((Class<?>) list.getActualTypeArguments()[0]));
      return schema;
    }
    return value(component);
  }

  private static ObjectNode value(RecordComponent component) {
    Class<?> type = component.getType();
    ObjectNode schema = object();
    if (type == VoteId.class) {
      return schema.put("type", "string").put("pattern", VOTE_ID);
    }
    if (type == Tag.class) {
      new FieldLimits.Base64(Tag.LENGTH_BYTES, Tag.LENGTH_BYTES).describe(schema);
      return schema;
    }
    if (type == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    }
    if (type.isEnum()) {
      ArrayNode names = schema.putArray("enum");
      Arrays.stream(type.getEnumConstants()).map(Object::toString).forEach(names::add);
      return schema;
    }
    if (type.isRecord()) {
      return record(type);
    }
    FieldLimits.of(component).describe(schema);
    return schema;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
