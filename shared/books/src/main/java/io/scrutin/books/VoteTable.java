package io.scrutin.books;

import io.nats.client.JetStreamApiException;
import io.scrutin.books.BrokerPosition.Purge;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteFact;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the broker holds of each vote id, brought into temporary tables beside the books that it is
 * compared with: eight million ids fit on a disk and not into a heap.
 */
final class VoteTable {
  /** Transactions that only read may fill temporary tables, and not make them. */
  private static final String CREATE =
      """
      CREATE TEMPORARY TABLE books_cast (law int, vote_id bytea, tag bytea, seq bigint,
        at_micros bigint);
      CREATE TEMPORARY TABLE books_way (vote_id bytea);
      CREATE TEMPORARY TABLE books_parked (law int, vote_id bytea, seq bigint, discarded boolean);
      CREATE TEMPORARY TABLE books_vote (law int, vote_id bytea, in_stream boolean,
        purged boolean, due boolean, noted boolean, in_time boolean,
        recorded boolean, duplicated boolean, refused boolean, late boolean, parked boolean,
        discarded boolean, on_way boolean)
      """;

  /** Casts stay in another stream only when all durables had acked them: behind each floor. */
  private static final long ANSWERED_BEFORE_ALL = 0;

  /** More than these cannot all be somebody's mistake, and one is enough to say so. */
  private static final int MOST_UNREADABLE = 10_000;

  private final Connection connection;
  private final StreamBooks streams;
  private final EventCodec codec = new EventCodec();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Long> unreadableCasts = new ArrayList<>();
  private final ParkedMessages parked = new ParkedMessages();
  private final MissingCasts missing = new MissingCasts();

  VoteTable(Connection connection, StreamBooks streams, List<String> laws) {
    this.connection = connection;
    this.streams = streams;
    laws.forEach(law -> numbers.put(law, numbers.size()));
  }

  static void create(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement create = connection.createStatement()) {
      // The role reads only unless it says otherwise.
      create.execute("SET TRANSACTION READ WRITE");
      create.execute(CREATE);
    }
    connection.commit();
  }

  /** What stands for the law in these tables. */
  int number(String lawId) {
    Integer number = numbers.get(lawId);
    if (number == null) {
      throw new IllegalArgumentException("not among the laws that were read");
    }
    return number;
  }

  /**
   * @param position read before the snapshot of the tables: what was unacked then may have no
   *     outcome in them, and everything else must
   * @param purge read before the stream is read here
   */
  void fill(BrokerPosition position, Purge purge)
      throws SQLException, IOException, JetStreamApiException, InterruptedException {
    casts(purge);
    onTheWay(position);
    parked.discarded(connection);
    streams.read(EventType.EVENT_REPLAYED, 0, (_, _, bytes) -> parked.replayed(event(bytes)));
    try (CopyRows rows = new CopyRows(connection, "books_parked")) {
      streams.read(EventType.EVENT_PARKED, 0, (sequence, _, bytes) -> park(rows, sequence, bytes));
    }
    measure(connection, "books_cast, books_way, books_parked");
  }

  /**
   * Nobody but this session sees its tables, so nobody counts their rows for the planner. It took
   * them for a handful, looked through all votes for each vote, and 300,000 of them took longer
   * than the ten minutes that a statement has.
   */
  static void measure(Connection connection, String tables) throws SQLException {
    try (Statement analyze = connection.createStatement()) {
      analyze.execute("ANALYZE " + tables);
    }
  }

  private void casts(Purge purge)
      throws SQLException, IOException, JetStreamApiException, InterruptedException {
    missing.after(purge.purgedTo());
    try (CopyRows rows = new CopyRows(connection, "books_cast")) {
      streams.read(
          EventType.VOTE_CAST,
          0,
          (sequence, stampedAt, bytes) -> {
            missing.met(sequence);
            if (!(vote(bytes) instanceof VoteCast cast)) {
              if (unreadableCasts.size() < MOST_UNREADABLE) {
                unreadableCasts.add(sequence);
              }
            } else {
              cast(rows, cast, sequence, stampedAt);
            }
          });
      streams.readLeft(
          StreamName.VOTES,
          EventType.VOTE_CAST,
          (_, stampedAt, bytes) -> {
            if (vote(bytes) instanceof VoteCast cast) {
              cast(rows, cast, ANSWERED_BEFORE_ALL, stampedAt);
            }
          });
    }
    missing.met(purge.last() + 1);
  }

  private void cast(CopyRows rows, VoteCast cast, long sequence, Instant stampedAt)
      throws IOException {
    if (numbers.containsKey(cast.lawId())) {
      rows.number(number(cast.lawId())).bytes(cast.voteId().bytes().toArray());
      rows.bytes(cast.tag().bytes().toArray()).number(sequence).micros(stampedAt).end();
    }
  }

  private void onTheWay(BrokerPosition position)
      throws SQLException, IOException, JetStreamApiException, InterruptedException {
    try (CopyRows rows = new CopyRows(connection, "books_way")) {
      for (Durable durable : Durable.values()) {
        if (durable.carriesVotes()) {
          long floor = position.floor(durable);
          streams.read(durable.type(), floor, (_, _, bytes) -> onTheWay(rows, bytes));
        }
      }
    }
  }

  private void onTheWay(CopyRows rows, byte[] message) throws IOException {
    for (Event event : events(message)) {
      if (event.fact() instanceof VoteFact vote && numbers.containsKey(vote.lawId())) {
        rows.bytes(vote.voteId().bytes().toArray()).end();
      }
    }
  }

  private List<Event> events(byte[] message) {
    try {
      return codec.decodeMessage(message);
    } catch (MalformedEvent unreadable) {
      return List.of();
    }
  }

  private void park(CopyRows rows, long sequence, byte[] bytes) throws IOException {
    Event event = event(bytes);
    if (event == null || !(event.fact() instanceof EventParked message)) {
      parked.unreadable(sequence);
    } else if (message.stopsTheVote()) {
      if (message.voteId() == null || message.lawId() == null) {
        parked.nameless(message.place());
      } else if (numbers.containsKey(message.lawId())) {
        rows.number(number(message.lawId())).bytes(message.voteId().bytes().toArray());
        rows.number(sequence).truth(parked.isDiscarded(message.place())).end();
      }
    }
  }

  private @Nullable VoteFact vote(byte[] bytes) {
    Event event = event(bytes);
    return event != null && event.fact() instanceof VoteFact vote ? vote : null;
  }

  private @Nullable Event event(byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (MalformedEvent unreadable) {
      return null;
    }
  }

  MissingCasts missing() {
    return missing;
  }

  Listed unreadableParked() {
    return parked.nameless();
  }

  /** Casts that cannot be read, that verify is past, and that are not parked either. */
  Listed unreadableCasts(BrokerPosition position, String stream) {
    List<String> forgotten =
        unreadableCasts.stream()
            .filter(sequence -> sequence <= position.floor(Durable.VERIFY))
            .filter(sequence -> !parked.isParked(stream, sequence))
            .map(sequence -> stream + " " + sequence)
            .toList();
    int listed = Math.min(forgotten.size(), Balance.MOST_LISTED);
    return new Listed(forgotten.size(), forgotten.subList(0, listed));
  }
}
