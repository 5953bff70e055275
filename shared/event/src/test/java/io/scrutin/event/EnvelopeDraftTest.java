package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeDraftTest {
  private static Envelope parsed(String json) throws MalformedEvent {
    byte[] bytes = json.getBytes(UTF_8);
    EnvelopeDraft draft =
        Json.read(
            ByteBuffer.wrap(bytes),
            in -> {
              in.nextToken();
              return EnvelopeDraft.ofJson(in, bytes);
            });
    return draft.finish();
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
