package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecStrictnessTest {
  private static final String RECORDED =
      """
      {"specversion":"1.0","id":"one","source":"store","type":"voting.vote.recorded.v1",\
      "time":"2026-11-21T09:47:20Z",\
      "data":{"voteId":"000102030405060708090a0b0c0d0e0f","lawId":"law-1"}}""";

  private final EventCodec codec = new EventCodec();

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }

  private static byte[] cast(String tag, String sealed, String mac) {
    return bytes(
        """
        {"specversion":"1.0","id":"one","source":"submit","type":"voting.vote.cast.v1",
         "time":"2026-11-21T09:47:20Z",
         "data":{"voteId":"000102030405060708090a0b0c0d0e0f","lawId":"law-1",
                 "tag":%s,"sealed":%s,"mac":%s}}
        """
            .formatted(tag, sealed, mac));
  }

  private void refuses(byte[] json, String message) {
    assertThatThrownBy(() -> codec.decode(json))
        .isInstanceOf(MalformedEvent.class)
        .hasMessage(message)
        .hasNoCause();
  }

  private void refusesRecorded(String found, String instead, String message) {
    assertThat(RECORDED).contains(found);
    refuses(bytes(RECORDED.replace(found, instead)), message);
  }

  @Test
  void readsWhatEveryOtherTestHereBreaks() throws MalformedEvent {
    assertThat(codec.decode(bytes(RECORDED)).fact())
        .isEqualTo(new VoteRecorded(VoteId.parse("000102030405060708090a0b0c0d0e0f"), "law-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"lawId\":\"law-1\" | \"lawId\":\"law-1\",\"nas\":\"046454286\""
            + " | data has a field that is not known",
        "\"lawId\":\"law-1\" | \"lawId\":\"law-1\",\"lawId\":\"law-1\" | data has a field twice",
        "\"lawId\":\"law-1\" | \"lawId\":null,\"lawId\":\"law-1\" | data has a field twice",
        ",\"lawId\":\"law-1\" | ~~ | lawId is missing",
        "\"lawId\":\"law-1\" | \"lawId\":null | lawId is missing",
        "\"law-1\" | 1 | lawId is no text",
        "\"law-1\" | \"law 1\" | data: lawId is of letters, digits, '-', '_' and '.'",
        "\"law-1\" | \"\" | data: lawId has 1 to 64 characters",
        "\"000102030405060708090a0b0c0d0e0f\" | \"000102030405060708090a0b0c0d0e\""
            + " | voteId is not 32 lower-case hex digits",
        "\"000102030405060708090a0b0c0d0e0f\" | \"000102030405060708090a0b0c0d0e0F\""
            + " | voteId is not 32 lower-case hex digits",
        "\"000102030405060708090a0b0c0d0e0f\" | 5 | voteId is no text",
        "\"source\":\"store\" | \"source\":\"store\",\"subject\":\"law-2\""
            + " | subject is not what the data is about",
        "\"source\":\"store\" | \"source\":\"store\",\"correlationid\":\"law-1\""
            + " | correlationid is not that of the data",
        "\"time\":\"2026-11-21T09:47:20Z\", | ~~ | time is missing",
        "\"source\":\"store\" | \"source\":\"store\",\"datacontenttype\":\"application/xml\""
            + " | datacontenttype is not JSON",
        "voting.vote.recorded.v1 | voting.vote.recorded.v2 | type is not known",
        "voting.vote.recorded.v1 | VOTE_RECORDED | type is not known",
        "\"data\" | \"datum\" | an attribute has a value of several parts"
      })
  void refusesWhatIsNotTheRecord(String found, String instead, String message) {
    refusesRecorded(found, instead, message);
  }

  @Test
  void refusesAnEventWithoutData() {
    refuses(bytes(RECORDED.replaceFirst(",\"data\".*", "}")), "data is missing");
    refuses(bytes(RECORDED.replaceFirst("\"data\".*", "\"data\":null}")), "data is no JSON object");
    refuses(bytes(RECORDED.replaceFirst("\"data\".*", "\"data\":[]}")), "data is no JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"AA==\" | tag has not 32 bytes",
        "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\" | tag is not base64",
        "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_=\" | tag is not base64",
        "\"AAAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAA=\" | tag is not base64",
        "true | tag is no text"
      })
  void refusesATagThatIsNone(String tag, String message) {
    refuses(cast(tag, "{}", "\"\""), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'scheme':1,'keyId':'k','bytes':'AA=='} | data: a MAC has 32 bytes, not 1",
        "{'scheme':0,'keyId':'k','bytes':'AA=='}"
            + " | sealed: schemes are numbered from 1 to 32767",
        "{'scheme':2147483648,'keyId':'k','bytes':'AA=='} | sealed.scheme is out of range",
        "{'scheme':99999999999999999999,'keyId':'k','bytes':'AA=='}"
            + " | sealed.scheme is out of range",
        "{'scheme':1.0,'keyId':'k','bytes':'AA=='} | sealed.scheme is no whole number",
        "{'scheme':'1','keyId':'k','bytes':'AA=='} | sealed.scheme is no whole number",
        "{'scheme':1,'keyId':'k','bytes':''} | sealed: a sealed choice has 1 to 16384 bytes",
        "{'scheme':1,'keyId':'k'} | sealed.bytes is missing",
        "{'scheme':1,'keyId':'k','bytes':'AA==','vote':'oui'}"
            + " | sealed has a field that is not known",
        "{'scheme':1,'scheme':1,'keyId':'k','bytes':'AA=='} | sealed has a field twice",
        "'AA==' | sealed is no JSON object"
      })
  void refusesASealedChoiceThatIsNone(String sealed, String message) {
    String tag = "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"";
    refuses(cast(tag, sealed.replace('\'', '"'), "\"AA==\""), message);
  }

  @Test
  void refusesALoneSurrogateInAText() {
    Contest contest = Examples.contest();
    String json = codec.contestJson(contest).replace(contest.title().en(), "a\\ud800b");
    assertThatThrownBy(() -> codec.readContest(json)).hasMessage("title.en is not Unicode");
  }

  @Test
  void readsDataThatComesBeforeItsType() throws MalformedEvent {
    String data = "\"data\":{\"voteId\":\"000102030405060708090a0b0c0d0e0f\",\"lawId\":\"law-1\"}";
    String reordered = RECORDED.replace("," + data, "").replaceFirst("\\{", "{" + data + " , ");
    assertThat(codec.decode(bytes(reordered))).isEqualTo(codec.decode(bytes(RECORDED)));
  }

  @Test
  void readsDataInBase64() throws MalformedEvent {
    String data = "{\"voteId\":\"000102030405060708090a0b0c0d0e0f\",\"lawId\":\"law-1\"}";
    String base64 = Base64.getEncoder().encodeToString(bytes(data));
    String json = RECORDED.replace("\"data\":" + data, "\"data_base64\":\"" + base64 + "\"");
    assertThat(codec.decode(bytes(json))).isEqualTo(codec.decode(bytes(RECORDED)));
    refuses(bytes(json.replace(base64, "?")), "data_base64 is not base64");
  }

  @Test
  void passesOverExtensionsThatAreNotOurs() throws MalformedEvent {
    String json =
        RECORDED.replaceFirst(
            "\\{", "{\"tenant\":\"a\",\"attempt\":2,\"fast\":true,\"dataschema\":null,");
    assertThat(codec.decode(bytes(json))).isEqualTo(codec.decode(bytes(RECORDED)));
  }

  @ParameterizedTest
  @CsvSource({"application/json; charset=utf-8", "application/vnd.scrutin+json", "text/json"})
  void takesAnyJsonContentType(String contentType) throws MalformedEvent {
    String json = RECORDED.replaceFirst("\\{", "{\"datacontenttype\":\"" + contentType + "\",");
    assertThat(codec.decode(bytes(json)).id()).isEqualTo("one");
  }
}
