package io.scrutin.books;

import io.scrutin.event.Event;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.EventType;
import io.scrutin.event.ParkedPlace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is parked and names no vote, and what persons did about anything that is parked. */
final class ParkedMessages {
  /** More than these cannot all be somebody's mistake, and one is enough to say so. */
  private static final int MOST = 10_000;

  private static final String DISCARDED =
      "SELECT binding, stream, sequence, stamped_at FROM audit.parked_discard";

  /** A message; what cannot be read has no other name. */
  private record Where(String stream, long sequence) {
    @Override
    public String toString() {
      return stream + " " + sequence;
    }
  }

  private final Set<ParkedPlace> discarded = new HashSet<>();

  /** Got through after it had been parked. */
  private final Set<ParkedPlace> replayed = new HashSet<>();

  /** Whether it is somebody's business still, in the order in which they were parked. */
  private final Map<Where, Boolean> nameless = new LinkedHashMap<>();

  /** One row for each that a person decided on, so there are few. */
  void discarded(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(DISCARDED)) {
      while (rows.next()) {
        discarded.add(
            new ParkedPlace(
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                rows.getObject(4, OffsetDateTime.class).toInstant()));
      }
    }
  }

  void replayed(@Nullable Event event) {
    if (event != null && event.fact() instanceof EventReplayed passed && replayed.size() < MOST) {
      replayed.add(passed.place());
    }
  }

  boolean isDiscarded(ParkedPlace place) {
    return discarded.contains(
        new ParkedPlace(
            place.binding(),
            place.stream(),
            place.sequence(),
            // As Postgres keeps it.
            place.stampedAt().truncatedTo(ChronoUnit.MICROS)));
  }

  /** Nobody can say what it was: no replay and no discard settles it. */
  void unreadable(long sequence) {
    add(new Where(EventType.EVENT_PARKED.stream().name(), sequence), true);
  }

  void nameless(ParkedPlace place) {
    boolean open = !isDiscarded(place) && !replayed.contains(place);
    add(new Where(place.stream(), place.sequence()), open);
  }

  /** The same message may be parked again after a rewind. */
  private void add(Where where, boolean open) {
    if (nameless.size() < MOST) {
      nameless.merge(where, open, Boolean::logicalOr);
    }
  }

  boolean isParked(String stream, long sequence) {
    return nameless.containsKey(new Where(stream, sequence));
  }

  Listed nameless() {
    var open = nameless.entrySet().stream().filter(Map.Entry::getValue).toList();
    return new Listed(
        open.size(),
        open.stream().limit(Balance.MOST_LISTED).map(entry -> entry.getKey().toString()).toList());
  }
}
