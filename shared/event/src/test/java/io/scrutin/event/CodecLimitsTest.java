package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.EventCodec.Decoded;
import io.scrutin.event.EventCodec.Decoded.Readable;
import io.scrutin.event.EventCodec.Decoded.Unreadable;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecLimitsTest {
  private static final String RECORDED =
      """
      {"specversion":"1.0","id":"one","source":"store","type":"voting.vote.recorded.v1",\
      "time":"2026-11-21T09:47:20Z",\
      "data":{"voteId":"000102030405060708090a0b0c0d0e0f","lawId":"law-1"}}""";

  private final EventCodec codec = new EventCodec();

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }

  private void refuses(byte[] json, String message) {
    assertThatThrownBy(() -> codec.decode(json))
        .isInstanceOf(MalformedEvent.class)
        .hasMessage(message)
        .hasNoCause();
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void refusesEveryTruncation(EventType type) {
    byte[] json = codec.encode(Examples.of(type));
    for (int length = 0; length < json.length; length++) {
      byte[] truncated = Arrays.copyOf(json, length);
      assertThatThrownBy(() -> codec.decode(truncated)).isInstanceOf(MalformedEvent.class);
    }
  }

  @Test
  void refusesASecondValueAfterTheFirst() {
    refuses(bytes(RECORDED + "{}"), "there is more than one JSON value");
  }

  @Test
  void refusesWhatIsNoObject() {
    refuses(bytes("[]"), "an event is a JSON object");
    refuses(bytes("\"event\""), "an event is a JSON object");
    refuses(new byte[0], "an event is a JSON object");
  }

  @Test
  void refusesDeepNestingWithoutFollowingIt() {
    String deep = "[".repeat(100_000);
    refuses(
        bytes(RECORDED.replaceFirst("\"data\".*", "\"data\":" + deep)),
        "is nested too deep, or has too long a name, text or number");
    refuses(
        bytes("{\"x\":".repeat(100_000)),
        "is nested too deep, or has too long a name, text or number");
  }

  @Test
  void refusesAnEventOverTheLimitBeforeReadingIt() {
    String padding = " ".repeat(EventCodec.MAX_EVENT_BYTES);
    refuses(bytes(padding + RECORDED), "an event has at most 524288 bytes");
    assertThatThrownBy(() -> codec.readContest(padding + "{}"))
        .hasMessage("an event has at most 524288 bytes");
  }

  @Test
  void takesAnEventOfExactlyTheLimit() throws MalformedEvent {
    String padding = " ".repeat(EventCodec.MAX_EVENT_BYTES - RECORDED.length());
    assertThat(codec.decode(bytes(padding + RECORDED)).id()).isEqualTo("one");
  }

  @Test
  void writesNoEventOverTheLimit() {
    LocalText longText = new LocalText("é".repeat(4000), "e".repeat(4000));
    List<Contest.Choice> choices =
        IntStream.range(0, 100).mapToObj(i -> new Contest.Choice("choice-" + i, longText)).toList();
    Contest plain = Examples.contest();
    Contest large =
        new Contest(
            plain.lawId(),
            plain.title(),
            plain.question(),
            choices,
            plain.opensAt(),
            plain.closesAt(),
            plain.policy(),
            plain.tagScheme(),
            plain.ballotKey());
    assertThatThrownBy(() -> codec.contestJson(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an event has at most 524288 bytes");
  }

  @Test
  void carriesTheLargestMessageThatIsParkedWhole() throws MalformedEvent {
    EventParked parked =
        new EventParked(
            "verify",
            "VOTES",
            1,
            "local.voting.vote.cast.v1",
            Instant.EPOCH,
            "poison",
            null,
            null,
            Bytes.of(new byte[EventParked.MAX_MESSAGE_BYTES]));
    Event event = Event.first(parked, "trigger", Instant.EPOCH, null);
    assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
  }

  @Test
  void readsOnlyUtf8() {
    List<byte[]> others =
        List.of(
            RECORDED.getBytes(UTF_16),
            RECORDED.getBytes(UTF_16LE),
            RECORDED.getBytes(UTF_16BE),
            bytes("\uFEFF" + RECORDED));
    for (byte[] json : others) {
      assertThatThrownBy(() -> codec.decode(json))
          .isInstanceOf(MalformedEvent.class)
          .hasMessageStartingWith("is not JSON, near byte ");
    }
  }

  @Test
  void keepsTheNeighboursOfABadElement() throws MalformedEvent {
    String bad = RECORDED.replace("\"one\"", "\"bad\"").replace("\"law-1\"", "{\"x\":[1,{}]}");
    String nameless = bad.replace("\"id\":\"bad\",", "");
    String large =
        RECORDED.replace("\"store\"", "\"" + "s".repeat(500_000) + "\"" + " ".repeat(30_000));
    List<Decoded> batch =
        codec.decodeBatch(
            bytes(
                "["
                    + String.join(",", RECORDED, bad, "5", "[[]]", nameless, large, RECORDED)
                    + "]"));
    Decoded good = new Readable(codec.decode(bytes(RECORDED)));
    assertThat(batch)
        .containsExactly(
            good,
            new Unreadable("bad", "lawId is no text"),
            new Unreadable(null, "an event is a JSON object"),
            new Unreadable(null, "an event is a JSON object"),
            new Unreadable(null, "id is missing"),
            new Unreadable("one", "an event has at most 524288 bytes"),
            good);
  }

  @Test
  void failsAsAWholeOnWhatIsNoArray() {
    for (String json : List.of("", "{}", "5", "[", "[" + RECORDED, "[" + RECORDED + ",]", "[]]")) {
      assertThatThrownBy(() -> codec.decodeBatch(bytes(json)))
          .isInstanceOf(MalformedEvent.class)
          .hasNoCause();
    }
  }

  @Test
  void takesNoBatchOverTheLimit() throws MalformedEvent {
    String full = "[1" + ",1".repeat(EventCodec.MAX_BATCH - 1);
    assertThat(codec.decodeBatch(bytes(full + "]"))).hasSize(EventCodec.MAX_BATCH);
    assertThatThrownBy(() -> codec.decodeBatch(bytes(full + ",1]")))
        .hasMessage("a batch has at most 10000 events");
    List<Event> events =
        Collections.nCopies(EventCodec.MAX_BATCH + 1, Examples.of(EventType.VOTE_RECORDED));
    assertThatThrownBy(() -> codec.encodeBatch(events))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
