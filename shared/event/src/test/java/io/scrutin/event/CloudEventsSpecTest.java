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
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of CloudEvents 1.0.2: its JSON event format (JSON) and its HTTP binding (HTTP). */
class CloudEventsSpecTest {
  private static final Instant TIME = Instant.parse("2018-04-05T17:31:00Z");

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

  private static Map<String, String> headers(String... more) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-type", "com.example.someevent");
    headers.put("ce-time", "2018-04-05T03:56:24Z");
    headers.put("ce-id", "1234-1234-1234");
    headers.put("ce-source", "/mycontext/subcontext");
    headers.put("Content-Type", "application/json; charset=utf-8");
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private static Envelope binary(Map<String, String> headers) throws MalformedEvent {
    return EnvelopeDraft.ofHeaders(headers, "{}".getBytes(UTF_8)).finish();
  }

  /** JSON, 3.2. */
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

  /** JSON, 3.2. */
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

  /** JSON, 3.2. */
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

  /** JSON, 3.2. */
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

  /** JSON, 4.3. */
  @Test
  void readsABatch() throws MalformedEvent {
    List<Envelope> events =
        parsedBatch(
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
            """);
    assertThat(events)
        .extracting(Envelope::id, Envelope::source, Envelope::type)
        .containsExactly(
            tuple("B234-1234-1234", "/mycontext/4", "com.example.someevent"),
            tuple("C234-1234-1234", "/mycontext/9", "com.example.someotherevent"));
    assertThat(text(events.getLast().json())).contains("\"appinfoB\" : 123");
  }

  /** JSON, 4.3. */
  @Test
  void readsAnEmptyBatch() throws MalformedEvent {
    assertThat(parsedBatch("[]")).isEmpty();
    assertThat(new EventCodec().decodeBatch("[]".getBytes(UTF_8))).isEmpty();
  }

  /** HTTP, 3.1.4. */
  @Test
  void readsBinaryMode() throws MalformedEvent {
    assertThat(binary(headers()))
        .isEqualTo(
            new Envelope(
                "1234-1234-1234",
                "/mycontext/subcontext",
                "com.example.someevent",
                null,
                Instant.parse("2018-04-05T03:56:24Z"),
                "application/json; charset=utf-8",
                null,
                null,
                null,
                null,
                ByteBuffer.wrap("{}".getBytes(UTF_8)),
                null));
  }

  /** JSON, 3.2: the first example again, in binary mode, with extensions as headers. */
  @Test
  void readsBinaryModeWithExtensionsAndHeadersInAnyCase() throws MalformedEvent {
    Envelope event =
        binary(
            Map.of(
                "CE-SpecVersion", "1.0",
                "Ce-Type", "com.example.someevent",
                "ce-source", "/mycontext",
                "CE-ID", "A234-1234-1234",
                "ce-time", "2018-04-05T17:31:00Z",
                "ce-comexampleextension1", "value",
                "ce-comexampleothervalue", "5",
                "content-type", "application/vnd.apache.thrift.binary"));
    assertThat(event.id()).isEqualTo("A234-1234-1234");
    assertThat(event.dataContentType()).isEqualTo("application/vnd.apache.thrift.binary");
  }

  /** HTTP, 3.1.3.2: its example, what needs no escape, lower case, and older senders' quotes. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "Euro%20%E2%82%AC%20%F0%9F%98%80, 'Euro € 😀'",
        "euro%20%e2%82%ac, 'euro €'",
        "%41%42c, ABc",
        "%2541, %41",
        "'\"Euro \\\"%E2%82%AC\\\"\"', 'Euro \"€\"'",
        "'\"a\\\\b\"', 'a\\b'",
        "'\"\"\"\"', ''"
      })
  void readsPercentEncodedHeaders(String header, String value) throws MalformedEvent {
    if (value.isEmpty()) {
      assertThatThrownBy(() -> HeaderText.decode(header)).isInstanceOf(MalformedEvent.class);
      return;
    }
    assertThat(HeaderText.decode(header)).isEqualTo(value);
    assertThat(binary(headers("ce-subject", header)).subject()).isEqualTo(value);
  }

  /** HTTP, 3.1.3.2. */
  @Test
  void writesPercentEncodedHeaders() {
    assertThat(HeaderText.encode("Euro € 😀")).isEqualTo("Euro%20%E2%82%AC%20%F0%9F%98%80");
    assertThat(HeaderText.encode("100% \"sure\"~!")).isEqualTo("100%25%20%22sure%22~!");
    assertThat(HeaderText.encode("plain/as?it=is")).isEqualTo("plain/as?it=is");
  }

  /** HTTP, 3.1.3.2: what is not UTF-8 once decoded must be refused; "%C0%A0" is its example. */
  @ParameterizedTest
  @ValueSource(strings = {"%C0%A0", "%ED%A0%80", "%FF", "%", "%4", "%4g", "\"open", "\"a\"b\""})
  void refusesHeadersThatCannotBeDecoded(String header) {
    assertThatThrownBy(() -> binary(headers("ce-subject", header)))
        .isInstanceOf(MalformedEvent.class)
        .hasMessageStartingWith("a header")
        .hasNoCause();
  }

  /** HTTP, 3.1.1. */
  @Test
  void refusesTheContentTypeInAHeaderOfItsOwn() {
    assertThatThrownBy(() -> binary(headers("ce-datacontenttype", "application/json")))
        .hasMessageContaining("ce-datacontenttype");
  }

  @Test
  void refusesTwoHeadersThatDifferInCaseOnly() {
    assertThatThrownBy(() -> binary(headers("CE-ID", "another")))
        .isInstanceOf(MalformedEvent.class)
        .hasMessage("id is there twice");
  }

  /** CloudEvents, 3.1: the characters that no attribute may have. */
  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "a\\u001fb", "a\\u007fb", "a\\u0085b", "\\ufdd0", "\\ud800"})
  void refusesCharactersThatNoAttributeMayHave(String escaped) {
    assertThatThrownBy(
            () ->
                parsed(
                    """
                    {"specversion":"1.0","type":"t","source":"s","id":"%s"}
                    """
                        .formatted(escaped)))
        .hasMessage("id has characters that no attribute may have");
  }

  /** CloudEvents, 3.1: what every event has, and in no other version. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'t','source':'s','id':'i'} | specversion is missing",
        "{'specversion':'1.0','source':'s','id':'i'} | type is missing",
        "{'specversion':'1.0','type':'t','id':'i'} | source is missing",
        "{'specversion':'1.0','type':'t','source':'s'} | id is missing",
        "{'specversion':'1.0','type':'t','source':'s','id':null} | id is missing",
        "{'specversion':'1.0','type':'t','source':'s','id':''} | id has 1 to 1024 characters",
        "{'specversion':'0.3','type':'t','source':'s','id':'i'} | specversion is not 1.0",
        "{'specversion':1.0,'type':'t','source':'s','id':'i'} | specversion is no text",
        "{'specversion':'1.0','type':{'t':1},'source':'s','id':'i'} | type is no text",
        "{'specversion':'1.0','type':'t','source':['s'],'id':'i'} | source is no text",
        "{'specversion':'1.0','type':'t','source':'s','id':'i','id':'i'} | id is there twice",
        "{'specversion':'1.0','type':'t','source':'s','id':'i','x':1,'x':1}"
            + " | an attribute is there twice",
        "{'specversion':'1.0','type':'t','source':'s','id':'i','x':{'y':1}}"
            + " | an attribute has a value of several parts",
        "{'specversion':'1.0','type':'t','source':'s','id':'i','time':'now'}"
            + " | time is no RFC 3339 timestamp",
        "{'specversion':'1.0','type':'t','source':'s','id':'i','data':1,'data':1}"
            + " | data is there twice",
        "{'specversion':'1.0','type':'t','source':'s','id':'i','data':1,'data_base64':'MQ=='}"
            + " | both data and data_base64 are there",
        "{'specversion':'1.0','type':'t','source':'s','id':'i','data_base64':1}"
            + " | data_base64 is no text"
      })
  void refusesEnvelopesThatTheSpecificationRefuses(String json, String message) {
    assertThatThrownBy(() -> parsed(json.replace('\'', '"')))
        .isInstanceOf(MalformedEvent.class)
        .hasMessage(message);
  }
}
