package io.scrutin.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.EventCodec.Decoded;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(AnyEvent.class)
@Domain(DomainContext.Global.class)
class RoundTripTest {
  private final EventCodec codec = new EventCodec();

  @Property
  void structuredModeGivesBackTheSameEvent(@ForAll Event event) throws MalformedEvent {
    assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
  }

  @Property(tries = 100)
  void batchedModeGivesBackTheSameEventsInOrder(@ForAll @Size(max = 20) List<Event> events)
      throws MalformedEvent {
    assertThat(codec.decodeBatch(codec.encodeBatch(events)))
        .isEqualTo(events.stream().map(Decoded.Readable::new).toList());
  }

  @Property
  void binaryModeGivesBackTheSameEvent(@ForAll Event event) throws MalformedEvent {
    Map<String, String> headers = new HashMap<>(codec.headers(event));
    headers.put("Content-Type", "application/json");
    assertThat(codec.decodeBinary(headers, codec.data(event))).isEqualTo(event);
  }

  @Property
  void aContestIsReadAsItWasWritten(@ForAll Contest contest) throws MalformedEvent {
    assertThat(codec.readContest(codec.contestJson(contest))).isEqualTo(contest);
  }

  @Example
  void manyThreadsMayShareOneCodec() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> same = new ArrayList<>();
      for (int round = 0; round < 200; round++) {
        for (EventType type : EventType.values()) {
          Event event = Examples.of(type);
          same.add(threads.submit(() -> codec.decode(codec.encode(event)).equals(event)));
        }
      }
      for (Future<Boolean> each : same) {
        assertThat(each.get()).isTrue();
      }
    }
  }
}
