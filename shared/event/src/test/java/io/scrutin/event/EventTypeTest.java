package io.scrutin.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

class EventTypeTest {
  private static Stream<Class<?>> records(Class<?> sealed) {
    return sealed.isRecord()
        ? Stream.of(sealed)
        : Arrays.stream(sealed.getPermittedSubclasses()).flatMap(EventTypeTest::records);
  }

  @Test
  void everyFactHasExactlyOneType() {
    assertThat(Arrays.stream(EventType.values()).<Class<?>>map(EventType::fact).toList())
        .containsExactlyInAnyOrderElementsOf(records(Fact.class).toList());
  }

  @Property
  @Domain(AnyEvent.class)
  @Domain(DomainContext.Global.class)
  void aFactNamesTheTypeThatNamesIt(@ForAll Event event) {
    assertThat(event.fact().type().fact()).isEqualTo(event.fact().getClass());
  }

  @Property
  @Domain(AnyEvent.class)
  @Domain(DomainContext.Global.class)
  void anEventOfAnyFactHasAnIdThatFits(@ForAll Event event) {
    Event next = event.then(event.fact(), "test", event.time());
    assertThat(next.id()).isEqualTo(event.fact().eventId());
    assertThat(next.causationId()).isEqualTo(event.id());
  }

  @Test
  void everyTypeHasASubjectOfItsOwn() {
    assertThat(Arrays.stream(EventType.values()).map(type -> type.subject("local")))
        .doesNotHaveDuplicates()
        .allMatch(subject -> subject.matches("local\\.[a-z]+\\.[a-z]+\\.[a-z]+\\.v[1-9]"));
  }

  @Test
  void aTypeIsFoundByItsName() {
    for (EventType type : EventType.values()) {
      assertThat(EventType.of(type.type())).contains(type);
    }
    assertThat(EventType.of("voting.vote.cast.v2")).isEmpty();
  }

  @Test
  void everySubjectIsInOneStreamAtMost() {
    List<String> kept =
        Arrays.stream(StreamName.values())
            .filter(StreamName::isUsed)
            .map(stream -> stream.subjects("local"))
            .flatMap(Collection::stream)
            .toList();
    assertThat(kept).doesNotHaveDuplicates();
    assertThat(kept)
        .hasSize(
            (int)
                Arrays.stream(EventType.values())
                    .filter(type -> type.stream() != StreamName.NONE)
                    .count());
  }

  @Test
  void noStreamIsDeclaredForRequestsAndWakes() {
    assertThat(StreamName.NONE.isUsed()).isFalse();
    assertThat(StreamName.VOTES.isUsed()).isTrue();
    assertThat(StreamName.PARKED.isUsed()).isTrue();
  }

  @Test
  void streamsOfTwoEnvironmentsDoNotMeet() {
    assertThat(StreamName.VOTES.in("blue")).isEqualTo("blue-VOTES");
    assertThat(StreamName.VOTES.subjects("blue"))
        .doesNotContainAnyElementsOf(StreamName.VOTES.subjects("green"));
  }

  @Test
  void onlyMessagesThatCanBeSentAgainAreKeptInMemory() {
    assertThat(Arrays.stream(StreamName.values()).filter(stream -> !stream.onFile()))
        .containsExactlyInAnyOrder(StreamName.NOTIFY, StreamName.NONE);
  }
}
