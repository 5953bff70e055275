package io.scrutin.demo;

import io.scrutin.election.Remains;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.TallyUpdated;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** By how much the count grew each time that tally announced it. */
final class GroupSizes {
  private final String lawId;
  private final EventCodec codec = new EventCodec();
  private final Map<Long, Instant> counts = new TreeMap<>();
  private @Nullable Instant closesAt;

  GroupSizes(String lawId) {
    this.lawId = lawId;
  }

  /** What the tally itself held at a moment before the end. */
  void see(long counted, Instant at) {
    counts.putIfAbsent(counted, at);
  }

  Remains.Reader beside(Remains.Reader reader) {
    return (place, text) -> {
      reader.accept(place, text);
      read(text);
    };
  }

  private void read(String message) {
    try {
      codec.decodeMessage(message.getBytes(StandardCharsets.UTF_8)).forEach(this::read);
    } catch (MalformedEvent unreadable) {
      throw new IllegalStateException("a stream holds what is no event", unreadable);
    }
  }

  private void read(Event event) {
    if (event.fact() instanceof TallyUpdated updated && updated.lawId().equals(lawId)) {
      counts.putIfAbsent(updated.counted(), event.time());
    }
    if (event.fact() instanceof ContestClosed closed && closed.lawId().equals(lawId)) {
      closesAt = closed.closesAt();
    }
  }

  /** Until the end; what is left then is opened together, however few it is. */
  List<Long> whileOpen() {
    List<Long> groups = new ArrayList<>();
    long before = 0;
    for (Map.Entry<Long, Instant> count : counts.entrySet()) {
      if (closesAt == null || count.getValue().isBefore(closesAt)) {
        groups.add(count.getKey() - before);
        before = count.getKey();
      }
    }
    return groups;
  }
}
