package io.scrutin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.web.Form.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
  @Test
  void readsAFlatObject() {
    assertThat(read("{\"a\":\"x\",\"b\":1,\"c\":null,\"d\":{\"e\":[1]}}"))
        .isEqualTo(
            new Form.Fields(
                Map.of(
                    "a", new Form.Text("x"),
                    "b", new Form.NotText(),
                    "c", new Form.NotText(),
                    "d", new Form.NotText())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | EMPTY",
        "`   ` | EMPTY",
        "[] | NOT_AN_OBJECT",
        "\"text\" | NOT_AN_OBJECT",
        "1 | NOT_AN_OBJECT",
        "null | NOT_AN_OBJECT",
        "[1 | NOT_JSON",
        "{ | NOT_JSON",
        "{\"a\":} | NOT_JSON",
        "{\"a\":\"x\"} trailing | NOT_JSON",
        "{\"a\":\"x\"}{} | NOT_JSON",
        "{'a':'x'} | NOT_JSON",
        "{a:1} | NOT_JSON",
        "{\"a\":NaN} | NOT_JSON",
        "{\"a\":\"x\",} | NOT_JSON",
        "{\"a\":\"x\",\"a\":\"y\"} | REPEATED_FIELD",
        "{\"a\":\"x\",\"\\u0061\":\"y\"} | REPEATED_FIELD",
      })
  void refusesWhatIsNoSingleObject(String body, Fault fault) {
    assertThat(read(body)).isEqualTo(new Form.Malformed(fault));
  }

  @Test
  void refusesMoreFieldsThanAnyFormHas() {
    StringBuilder body = new StringBuilder("{");
    for (int i = 0; i < 40; i++) {
      body.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":\"\"");
    }
    assertThat(read(body.append('}').toString()))
        .isEqualTo(new Form.Malformed(Fault.TOO_MANY_FIELDS));
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertThat(read(deep)).isEqualTo(new Form.Malformed(Fault.NOT_JSON));
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] body = "{\"a\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[6] = (byte) 0xff;
    assertThat(StrictJson.read(body)).isEqualTo(new Form.Malformed(Fault.NOT_JSON));
  }

  @Test
  void showsNoValueInAString() {
    assertThat(read("{\"nas\":\"046454286\"}").toString()).doesNotContain("046454286");
  }

  @Property
  void answersToAnyBytes(@ForAll byte[] body) {
    assertThat(StrictJson.read(body)).isNotNull();
  }

  private static Form read(String body) {
    return StrictJson.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
