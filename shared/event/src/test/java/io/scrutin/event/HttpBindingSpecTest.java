package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples and rules of the HTTP protocol binding of CloudEvents 1.0.2. */
class HttpBindingSpecTest {
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

  /** Section 3.1.4. */
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

  /** The first example of the JSON format, 3.2, as it shows it again in binary mode. */
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

  /** Section 3.1.3.2: its example, what needs no escape, lower case, and older senders' quotes. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "Euro%20%E2%82%AC%20%F0%9F%98%80, 'Euro € 😀'",
        "euro%20%e2%82%ac, 'euro €'",
        "%41%42c, ABc",
        "%2541, %41",
        "'\"Euro \\\"%E2%82%AC\\\"\"', 'Euro \"€\"'",
        "'\"a\\\\b\"', 'a\\b'"
      })
  void readsPercentEncodedHeaders(String header, String value) throws MalformedEvent {
    assertThat(HeaderText.decode(header)).isEqualTo(value);
    assertThat(binary(headers("ce-subject", header)).subject()).isEqualTo(value);
  }

  /** Section 3.1.3.2. */
  @Test
  void writesPercentEncodedHeaders() {
    assertThat(HeaderText.encode("Euro € 😀")).isEqualTo("Euro%20%E2%82%AC%20%F0%9F%98%80");
    assertThat(HeaderText.encode("100% \"sure\"~!")).isEqualTo("100%25%20%22sure%22~!");
    assertThat(HeaderText.encode("plain/as?it=is")).isEqualTo("plain/as?it=is");
  }

  /** Section 3.1.3.2: what is not UTF-8 once decoded must be refused; "%C0%A0" is its example. */
  @ParameterizedTest
  @ValueSource(strings = {"%C0%A0", "%ED%A0%80", "%FF", "%", "%4", "%4g", "\"open", "\"a\"b\""})
  void refusesHeadersThatCannotBeDecoded(String header) {
    assertThatThrownBy(() -> binary(headers("ce-subject", header)))
        .isInstanceOf(MalformedEvent.class)
        .hasMessageStartingWith("a header")
        .hasNoCause();
  }

  /** Section 3.1.1. */
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
}
