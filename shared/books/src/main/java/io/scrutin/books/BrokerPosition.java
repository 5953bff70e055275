package io.scrutin.books;

import io.scrutin.event.EventType;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far the durables are.
 *
 * @param places those that exist
 */
record BrokerPosition(Map<Durable, Place> places) {
  /**
   * @param floor everything up to this sequence is acked
   * @param unacked how many messages are not, delivered or not
   */
  record Place(long floor, long delivered, long unacked) {}

  /**
   * What is left of the stream of casts.
   *
   * @param purgedTo the last sequence that is gone from its head; 0 when none is
   * @param purgedBefore what was stamped earlier is gone
   * @param last the highest sequence ever given
   * @param createdAt when the stream was made: what is older is not expected in it
   */
  record Purge(long purgedTo, Instant purgedBefore, long last, Instant createdAt) {
    /** Of a contest whose result is certified the stream may also have been made anew. */
    Instant goneBefore(boolean published) {
      return published && createdAt.isAfter(purgedBefore) ? createdAt : purgedBefore;
    }
  }

  BrokerPosition {
    Map<Durable, Place> copy = new EnumMap<>(Durable.class);
    copy.putAll(places);
    places = Collections.unmodifiableMap(copy);
  }

  /** Of a durable that is not there nothing is acked. */
  long floor(Durable durable) {
    Place place = places.get(durable);
    return place == null ? 0 : place.floor();
  }

  /** How many votes at most have no outcome yet. */
  long votesAtMost() {
    return places.entrySet().stream()
        .filter(entry -> entry.getKey().carriesVotes())
        .mapToLong(entry -> entry.getValue().unacked() * mostIn(entry.getKey().type()))
        .sum();
  }

  private static int mostIn(EventType type) {
    return type.comesTogether() ? EventType.MOST_TOGETHER : 1;
  }

  /** How many messages at most carry a vote that has no outcome yet. */
  long onTheWay() {
    return places.entrySet().stream()
        .filter(entry -> entry.getKey().carriesVotes())
        .mapToLong(entry -> entry.getValue().unacked())
        .sum();
  }
}
