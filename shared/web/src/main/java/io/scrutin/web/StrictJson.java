package io.scrutin.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.scrutin.web.Form.Fault;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a flat JSON object whole before anything in it is judged, so that every wrong field can be
 * named at once; a binder stops at the first. Refuses what two readers could understand in two
 * ways: a repeated field, anything after the object.
 */
public final class StrictJson {
  private static final int MAX_FIELDS = 32;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Names come from anybody: they are interned nowhere, and names made to collide cost the
          // time of one small body and no failure.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build())
          .build();

  private StrictJson() {}

  public static Form read(byte[] body) {
    if (body.length == 0) {
      return new Form.Malformed(Fault.EMPTY);
    }
    try (JsonParser parser = JSON.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new Form.Malformed(Fault.EMPTY);
      }
      if (first != JsonToken.START_OBJECT) {
        return wellFormedToTheEnd(parser) ? new Form.Malformed(Fault.NOT_AN_OBJECT) : notJson();
      }
      return fields(parser);
    } catch (IOException malformed) {
      // The exception may quote the body, so it goes nowhere.
      return notJson();
    }
  }

  private static Form fields(JsonParser parser) throws IOException {
    Map<String, Form.Value> values = new LinkedHashMap<>();
    boolean repeated = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (values.size() == MAX_FIELDS) {
        return new Form.Malformed(Fault.TOO_MANY_FIELDS);
      }
      repeated |= values.put(name, value(parser)) != null;
    }
    if (parser.nextToken() != null) {
      return notJson();
    }
    return repeated ? new Form.Malformed(Fault.REPEATED_FIELD) : new Form.Fields(values);
  }

  private static Form.Value value(JsonParser parser) throws IOException {
    if (parser.nextToken() == JsonToken.VALUE_STRING) {
      return new Form.Text(parser.getText());
    }
    parser.skipChildren();
    return new Form.NotText();
  }

  private static boolean wellFormedToTheEnd(JsonParser parser) throws IOException {
    parser.skipChildren();
    return parser.nextToken() == null;
  }

  private static Form notJson() {
    return new Form.Malformed(Fault.NOT_JSON);
  }
}
