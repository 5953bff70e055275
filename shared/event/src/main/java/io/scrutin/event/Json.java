package io.scrutin.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * JSON texts within the codec's limits. Jackson's own messages quote what they found: none passes.
 */
final class Json {
  /** The deepest event of ours, a contest's labels, has six levels, and a batch one more. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_NAME_CHARS = 256;
  private static final int MAX_NUMBER_CHARS = 32;
  private static final int USUAL_BYTES = 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Names come from outside, and interned strings are never all given back.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // JSON is UTF-8 (RFC 8259, 8.1), and the offsets of data are counted in its bytes.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          // Jackson's usual pool is per thread, and each virtual thread would fill one for itself:
          // 6 µs to encode an event there, and 2 with this.
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(EventCodec.MAX_EVENT_BYTES)
                  .maxNameLength(MAX_NAME_CHARS)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .build())
          .build();

  private Json() {}

  interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  interface Reading<T> {
    T from(JsonParser in) throws IOException, MalformedEvent;
  }

  static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writing.to(out);
    } catch (JsonProcessingException quotesValue) {
      throw new IllegalArgumentException("an event's texts are Unicode");
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory refused a write", impossible);
    }
    return bytes.toByteArray();
  }

  /** The one JSON value that the bytes are; the parser stands before its first token. */
  static <T> T read(ByteBuffer json, Reading<T> reading) throws MalformedEvent {
    try (JsonParser in =
        FACTORY.createParser(
            json.array(), json.arrayOffset() + json.position(), json.remaining())) {
      T value = reading.from(in);
      if (in.nextToken() != null) {
        throw new MalformedEvent("there is more than one JSON value");
      }
      return value;
    } catch (StreamConstraintsException quotesValue) {
      throw new MalformedEvent("is nested too deep, or has too long a name, text or number");
    } catch (JsonProcessingException quotesValue) {
      throw new MalformedEvent(
          "is not JSON, near byte " + quotesValue.getLocation().getByteOffset());
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory refused a read", impossible);
    }
  }
}
