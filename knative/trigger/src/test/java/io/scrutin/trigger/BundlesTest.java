package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.cast;
import static io.scrutin.trigger.Casts.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.VoteRejected;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BundlesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static Event verifiedEvent(int number) {
    return cast(number).then(verified(cast(number)), "verify", NOW);
  }

  private static Event rejectedEvent(int number) {
    VoteRejected rejected =
        new VoteRejected(Casts.id(number), Casts.LAW, VoteRejected.Reason.TOO_LATE);
    return cast(number).then(rejected, "verify", NOW);
  }

  @Test
  void ofOneTypeThereAreAsManyAsFit() {
    List<Event> events =
        IntStream.range(0, EventType.MOST_TOGETHER + 3)
            .mapToObj(BundlesTest::verifiedEvent)
            .toList();
    assertThat(Bundles.of(events)).extracting(List::size).containsExactly(64, 3);
    assertThat(Bundles.of(events).stream().flatMap(List::stream)).isEqualTo(events);
  }

  @Test
  void typesStayApart() {
    List<Event> events = List.of(verifiedEvent(0), rejectedEvent(1), verifiedEvent(2));
    assertThat(Bundles.of(events))
        .containsExactly(List.of(events.get(0), events.get(2)), List.of(events.get(1)));
  }

  @Test
  void whatMayNotComeTogetherStaysAlone() {
    List<Event> casts = List.of(cast(0), cast(1));
    assertThat(Bundles.of(casts)).containsExactly(List.of(casts.get(0)), List.of(casts.get(1)));
  }

  @Test
  void nothingIsNothing() {
    assertThat(Bundles.of(List.of())).isEmpty();
  }
}
