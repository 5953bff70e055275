package io.scrutin.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A list of values of one shape. */
record ListShape(String place, Shape element) implements Shape {
  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    out.writeStartArray();
    for (Object each : (List<?>) value) {
      element.write(out, each);
    }
    out.writeEndArray();
  }

  @Override
  public Object read(JsonParser in) throws IOException, MalformedEvent {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new MalformedEvent(place + " is no array");
    }
    List<Object> values = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(element.read(in));
    }
    return values;
  }
}
