package io.scrutin.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.IOException;

/**
 * How the values of one place in an event look in JSON. A shape knows its place ({@code
 * sealed.keyId}), so that an error can name it; it never shows what was found there.
 */
sealed interface Shape permits RecordShape, ListShape, ScalarShape {
  void write(JsonGenerator out, Object value) throws IOException;

  /** Reads the value whose first token is the current one; leaves its last as the current one. */
  Object read(JsonParser in) throws IOException, MalformedEvent;
}
