package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples and rules of the JSON event format of CloudEvents 1.0.2. */
class JsonFormatSpecTest {
  private static final Instant TIME = Instant.parse("2018-04-05T17:31:00Z");

  private static final String BATCH =
      """
      [
        {
            "specversion" : "1.0",
            "type" : "com.example.someevent",
            "source" : "/mycontext/4",
            "id" : "B234-1234-1234",
            "time" : "2018-04-05T17:31:00Z",
            "comexampleextension1" : "value",
            "comexampleothervalue" : 5,
            "datacontenttype" : "application/vnd.apache.thrift.binary",
            "data_base64" : "... base64 encoded string ..."
        },
        {
            "specversion" : "1.0",
            "type" : "com.example.someotherevent",
            "source" : "/mycontext/9",
            "id" : "C234-1234-1234",
            "time" : "2018-04-05T17:31:05Z",
            "comexampleextension1" : "value",
            "comexampleothervalue" : 5,
            "datacontenttype" : "application/json",
            "data" : {
                "appinfoA" : "abc",
                "appinfoB" : 123,
                "appinfoC" : true
            }
        }
      ]
      """;

  private static Envelope parsed(String json) throws MalformedEvent {
    byte[] bytes = json.getBytes(UTF_8);
    EnvelopeDraft draft =
        Json.read(
            ByteBuffer.wrap(bytes),
            in -> {
              assertThat(in.nextToken()).isEqualTo(JsonToken.START_OBJECT);
              return EnvelopeDraft.ofJson(in, bytes);
            });
    return draft.finish();
  }

  private static List<Envelope> parsedBatch(String json) throws MalformedEvent {
    byte[] bytes = json.getBytes(UTF_8);
    return Json.read(ByteBuffer.wrap(bytes), in -> elements(in, bytes));
  }

  private static List<Envelope> elements(JsonParser in, byte[] bytes)
      throws IOException, MalformedEvent {
    assertThat(in.nextToken()).isEqualTo(JsonToken.START_ARRAY);
    List<Envelope> envelopes = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      envelopes.add(EnvelopeDraft.ofJson(in, bytes).finish());
    }
    return envelopes;
  }

  private static @Nullable String text(@Nullable ByteBuffer data) {
    return data == null ? null : UTF_8.decode(data.duplicate()).toString();
  }

  /** Section 3.2. */
  @Test
  void readsBinaryData() throws MalformedEvent {
    Envelope event =
        parsed(
            """
            {
                "specversion" : "1.0",
                "type" : "com.example.someevent",
                "source" : "/mycontext",
                "id" : "A234-1234-1234",
                "time" : "2018-04-05T17:31:00Z",
                "comexampleextension1" : "value",
                "comexampleothervalue" : 5,
                "datacontenttype" : "application/vnd.apache.thrift.binary",
                "data_base64" : "... base64 encoded string ..."
            }
            """);
    assertThat(event)
        .isEqualTo(
            new Envelope(
                "A234-1234-1234",
                "/mycontext",
                "com.example.someevent",
                null,
                TIME,
                "application/vnd.apache.thrift.binary",
                null,
                null,
                null,
                null,
                null,
                "... base64 encoded string ..."));
    assertThatThrownBy(event::json).hasMessage("datacontenttype is not JSON");
  }

  /** Section 3.2. */
  @Test
  void readsDataOfAnotherFormatAsText() throws MalformedEvent {
    Envelope event =
        parsed(
            """
            {
                "specversion" : "1.0",
                "type" : "com.example.someevent",
                "source" : "/mycontext",
                "id" : "B234-1234-1234",
                "time" : "2018-04-05T17:31:00Z",
                "comexampleextension1" : "value",
                "comexampleothervalue" : 5,
                "unsetextension": null,
                "datacontenttype" : "application/xml",
                "data" : "<much wow=\\"xml\\"/>"
            }
            """);
    assertThat(event.id()).isEqualTo("B234-1234-1234");
    assertThat(text(event.data())).isEqualTo("\"<much wow=\\\"xml\\\"/>\"");
    assertThatThrownBy(event::json).hasMessage("datacontenttype is not JSON");
  }

  /** Section 3.2. */
  @Test
  void readsAnObjectAndANullAttribute() throws MalformedEvent {
    Envelope event =
        parsed(
            """
            {
                "specversion" : "1.0",
                "type" : "com.example.someevent",
                "source" : "/mycontext",
                "subject": null,
                "id" : "C234-1234-1234",
                "time" : "2018-04-05T17:31:00Z",
                "comexampleextension1" : "value",
                "comexampleothervalue" : 5,
                "datacontenttype" : "application/json",
                "data" : {
                    "appinfoA" : "abc",
                    "appinfoB" : 123,
                    "appinfoC" : true
                }
            }
            """);
    assertThat(event.subject()).isNull();
    assertThat(text(event.json()))
        .startsWith("{")
        .contains("\"appinfoA\" : \"abc\"", "\"appinfoC\" : true")
        .endsWith("}");
  }

  /** Section 3.2. */
  @Test
  void takesDataWithoutContentTypeForJson() throws MalformedEvent {
    Envelope event =
        parsed(
            """
            {
                "specversion" : "1.0",
                "type" : "com.example.someevent",
                "source" : "/mycontext",
                "subject": null,
                "id" : "D234-1234-1234",
                "time" : "2018-04-05T17:31:00Z",
                "comexampleextension1" : "value",
                "comexampleothervalue" : 5,
                "data" : "I'm just a string"
            }
            """);
    assertThat(event.dataContentType()).isNull();
    assertThat(text(event.json())).isEqualTo("\"I'm just a string\"");
  }

  /** Section 4.3. */
  @Test
  void readsABatch() throws MalformedEvent {
    List<Envelope> events = parsedBatch(BATCH);
    assertThat(events)
        .extracting(Envelope::id, Envelope::source, Envelope::type)
        .containsExactly(
            tuple("B234-1234-1234", "/mycontext/4", "com.example.someevent"),
            tuple("C234-1234-1234", "/mycontext/9", "com.example.someotherevent"));
    assertThat(text(events.getLast().json())).contains("\"appinfoB\" : 123");
  }

  /** Section 4.3. */
  @Test
  void readsAnEmptyBatch() throws MalformedEvent {
    assertThat(parsedBatch("[]")).isEmpty();
    assertThat(new EventCodec().decodeBatch("[]".getBytes(UTF_8))).isEmpty();
  }
}
