package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message of a stream holds. */
class MessageTest {
  private final EventCodec codec = new EventCodec();

  @Test
  void readsOneEvent() throws MalformedEvent {
    Event event = Examples.of(EventType.VOTE_CAST);
    assertThat(codec.decodeMessage(codec.encode(event))).containsExactly(event);
  }

  @Test
  void readsEventsThatComeTogether() throws MalformedEvent {
    List<Event> events =
        List.of(Examples.of(EventType.VOTE_RECORDED), Examples.of(EventType.VOTE_VERIFIED));
    assertThat(codec.decodeMessage(codec.encodeBatch(events))).isEqualTo(events);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "[{}]", "[1]", "[", "no event", "{}"})
  void refusesWhatHoldsNoEvent(String message) {
    assertThatThrownBy(() -> codec.decodeMessage(message.getBytes(UTF_8)))
        .isInstanceOf(MalformedEvent.class);
  }

  /** Half a message is none: whoever parks it parks all of it. */
  @Test
  void refusesAMessageOfWhichOneIsNone() {
    String good = new String(codec.encode(Examples.of(EventType.VOTE_RECORDED)), UTF_8);
    assertThatThrownBy(() -> codec.decodeMessage(("[" + good + ",{}]").getBytes(UTF_8)))
        .isInstanceOf(MalformedEvent.class);
  }

  /** A cast has a stamp and a message id of its own, and a contest's event is read by itself. */
  @ParameterizedTest
  @EnumSource(EventType.class)
  void onlyWhatFollowsFromVotesComesTogether(EventType type) {
    boolean follows = type.type().startsWith("voting.vote.") && type != EventType.VOTE_CAST;
    assertThat(type.comesTogether()).isEqualTo(follows);
  }
}
