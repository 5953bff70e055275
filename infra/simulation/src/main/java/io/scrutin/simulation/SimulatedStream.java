package io.scrutin.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream under limits retention that refuses what does not fit. */
final class SimulatedStream {
  record Stored(long sequence, String subject, byte[] data, @Nullable String id, Instant stamp) {}

  private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);

  private final String name;
  private final Set<String> subjects;
  private final List<Stored> messages = new ArrayList<>();
  private final Map<String, List<Long>> bySubject = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<String, SimulatedDurable> durables = new TreeMap<>();
  private long room = Long.MAX_VALUE;

  SimulatedStream(String name, Set<String> subjects) {
    this.name = name;
    this.subjects = subjects;
  }

  String name() {
    return name;
  }

  boolean keeps(String subject) {
    return subjects.contains(subject);
  }

  Map<String, SimulatedDurable> durables() {
    return durables;
  }

  boolean isFull() {
    return messages.size() >= room;
  }

  /** It takes no more than it holds now, and this many. */
  void leaveRoomFor(long more) {
    room = messages.size() + more;
  }

  void makeRoom() {
    room = Long.MAX_VALUE;
  }

  /** The message of the same id, published within the window. */
  @Nullable Stored duplicateOf(@Nullable String id, Instant now) {
    Long sequence = id == null ? null : ids.get(id);
    Stored known = sequence == null ? null : at(sequence);
    return known != null && now.isBefore(known.stamp().plus(DUPLICATE_WINDOW)) ? known : null;
  }

  Stored add(String subject, byte[] data, @Nullable String id, Instant now) {
    Stored stored = new Stored(last() + 1, subject, data, id, now);
    messages.add(stored);
    bySubject.computeIfAbsent(subject, _ -> new ArrayList<>()).add(stored.sequence());
    if (id != null) {
      ids.put(id, stored.sequence());
    }
    return stored;
  }

  long first() {
    return messages.isEmpty() ? 0 : 1;
  }

  long last() {
    return messages.size();
  }

  Instant lastStamp() {
    return messages.isEmpty() ? Instant.EPOCH : messages.getLast().stamp();
  }

  List<Stored> all() {
    return messages;
  }

  @Nullable Stored at(long sequence) {
    return sequence >= 1 && sequence <= last() ? messages.get((int) sequence - 1) : null;
  }

  /** The first of the subject from this sequence on; of any subject when it is empty. */
  @Nullable Stored next(long from, String subject) {
    if (subject.isEmpty()) {
      return at(Math.max(1, from));
    }
    List<Long> sequences = bySubject.getOrDefault(subject, List.of());
    int index = index(sequences, from);
    return index < sequences.size() ? at(sequences.get(index)) : null;
  }

  @Nullable Stored last(String subject) {
    List<Long> sequences = bySubject.getOrDefault(subject, List.of());
    return sequences.isEmpty() ? null : at(sequences.getLast());
  }

  long count(long from, String subject) {
    if (subject.isEmpty()) {
      return Math.max(0, last() - Math.max(1, from) + 1);
    }
    List<Long> sequences = bySubject.getOrDefault(subject, List.of());
    return sequences.size() - index(sequences, from);
  }

  private static int index(List<Long> sequences, long from) {
    int found = Collections.binarySearch(sequences, from);
    return found >= 0 ? found : -found - 1;
  }

  /** The first stamped then or later; the one after the last when there is none. */
  long firstSince(Instant stamp) {
    for (Stored stored : messages) {
      if (!stored.stamp().isBefore(stamp)) {
        return stored.sequence();
      }
    }
    return last() + 1;
  }

  /** What a power loss leaves: all that is stamped before, and of its durables what they were. */
  List<Stored> loseSince(Instant stamp) {
    List<Stored> tail = messages.subList((int) firstSince(stamp) - 1, messages.size());
    List<Stored> lost = List.copyOf(tail);
    tail.clear();
    for (Stored gone : lost) {
      List<Long> sequences = bySubject.getOrDefault(gone.subject(), new ArrayList<>());
      sequences.remove((Long) gone.sequence());
      if (gone.id() != null) {
        ids.remove(gone.id());
      }
    }
    return lost;
  }
}
