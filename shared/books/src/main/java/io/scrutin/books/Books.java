package io.scrutin.books;

import io.nats.client.JetStreamApiException;
import io.scrutin.books.BrokerPosition.Purge;
import io.scrutin.books.ContestRows.Known;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.contest.PostgresTime;
import io.scrutin.event.Contest;
import io.scrutin.event.EventType;
import io.scrutin.redis.RedisLink;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Reads the books and says whether they balance. For one thread. */
public final class Books implements AutoCloseable {
  private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(5);

  private final BookPlaces places;
  private final PGSimpleDataSource database;
  private final BrokerLink broker;
  private final RedisLink redis;
  private volatile @Nullable Connection reading;

  private Books(BookPlaces places) {
    this.places = places;
    this.database = new PGSimpleDataSource();
    database.setUrl(places.postgresUrl());
    database.setUser(places.user());
    database.setPassword(places.password());
    database.setConnectTimeout((int) LONGEST_CONNECTING.toSeconds());
    this.broker = BrokerLink.open(places.natsUrl(), "reconcile");
    // No vote waits for this: on a busy machine it is slow, and nothing is said of what is away.
    this.redis = new RedisLink(places.redisUrl(), LONGEST_CONNECTING);
  }

  /** Fails only when it is asked, so that whoever opens it need not wait. */
  public static Books open(BookPlaces places) {
    return new Books(places);
  }

  /**
   * Of every contest that is no draft, in the order of their ids.
   *
   * @throws BooksAway when Postgres or the broker cannot be asked
   */
  public List<Balance> balances() {
    return balances(_ -> true);
  }

  /**
   * Of every contest that is no draft, and whose result is not published.
   *
   * @throws BooksAway when Postgres or the broker cannot be asked
   */
  public List<Balance> unpublished() {
    return balances(contest -> !contest.published());
  }

  /**
   * Nothing when there is no such contest, or it is a draft.
   *
   * @throws BooksAway when Postgres or the broker cannot be asked
   */
  public Optional<Balance> balance(String lawId) {
    return balances(contest -> contest.lawId().equals(lawId)).stream().findFirst();
  }

  private List<Balance> balances(Predicate<Known> wanted) {
    try (Connection connection = database.getConnection()) {
      reading = connection;
      return read(connection, wanted);
    } catch (SQLException failure) {
      throw new BooksAway("Postgres cannot be asked", failure);
    } catch (IOException | JetStreamApiException | BrokerRefused failure) {
      throw new BooksAway("the broker cannot be asked", failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new BooksAway("interrupted", stopping);
    } finally {
      reading = null;
    }
  }

  /**
   * From another thread: ends the look that is under way, in the middle of a statement too. Nothing
   * but this does, since who waits for Postgres is not interrupted.
   */
  public void stop() {
    Connection connection = reading;
    if (connection == null) {
      return;
    }
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      // It ends by itself.
    }
  }

  /**
   * The order is what makes differences true. A step publishes before it acks, so a vote that has
   * no outcome in the snapshot was unacked somewhere when the durables were read before it; and the
   * stream, read after it, holds every cast that the snapshot can know of (ADR 16).
   */
  private List<Balance> read(Connection connection, Predicate<Known> wanted)
      throws SQLException, IOException, JetStreamApiException, InterruptedException {
    VoteTable.create(connection);
    StreamBooks streams = new StreamBooks(broker.await(LONGEST_CONNECTING), places.environment());
    BrokerPosition position = streams.position();
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    Instant at = PostgresTime.on(connection);
    List<Known> contests = ContestRows.all(connection);
    Purge purge = streams.purge(EventType.VOTE_CAST);
    VoteTable votes =
        new VoteTable(connection, streams, contests.stream().map(Known::lawId).toList());
    votes.fill(position, purge);
    boolean quiet = streams.position().equals(position);
    Brought brought =
        new Brought(
            at, votes, position, purge, votes.missing().unaccounted(connection, purge), quiet);
    List<Balance> balances = new ArrayList<>();
    for (Known contest : contests) {
      if (wanted.test(contest)) {
        balances.add(BalanceBooks.of(figures(connection, contest, brought)));
      }
    }
    connection.rollback();
    return balances;
  }

  /** What was read once for all contests. */
  private record Brought(
      Instant at,
      VoteTable votes,
      BrokerPosition position,
      Purge purge,
      long unaccounted,
      boolean quiet) {}

  private Figures figures(Connection connection, Known known, Brought brought)
      throws SQLException, InterruptedException {
    Contest contest = known.contest();
    int law = brought.votes().number(contest.lawId());
    VoteStates states = new VoteStates(connection, contest, law);
    states.fill(brought.position(), brought.purge().goneBefore(known.published()));
    long unaccounted = known.published() ? 0 : brought.unaccounted();
    Figures.Casts casts = states.casts(brought.position(), brought.purge(), unaccounted);
    TableBooks tables = new TableBooks(connection, contest, law);
    Figures.Roll roll = tables.roll();
    Map<Discrepancy, Listed> listed = new EnumMap<>(Discrepancy.class);
    listed.putAll(tables.listed(roll.complete()));
    listed.putAll(ofBroker(brought, known.published()));
    if (brought.quiet() && casts.votes().pending() > brought.position().votesAtMost()) {
      listed.put(Discrepancy.TOO_MANY_WAIT, tables.pending());
    }
    Optional<IndexComparison> index = Optional.empty();
    if (roll.complete()) {
      index =
          new RollIndexBooks(connection, redis, places.environment(), contest.lawId()).compare();
      index.ifPresent(comparison -> listed.putAll(comparison.listed()));
    }
    return new Figures(
        contest,
        brought.at(),
        casts,
        tables.ballots(),
        tables.choices(),
        roll,
        index.map(IndexComparison::figures),
        tables.trail(states.recorded()),
        listed);
  }

  /** What concerns every contest, since nobody can tell which it belongs to. */
  private Map<Discrepancy, Listed> ofBroker(Brought brought, boolean published) {
    List<String> absent = new ArrayList<>();
    for (Durable durable : Durable.values()) {
      if (!brought.position().places().containsKey(durable)) {
        absent.add(durable.binding());
      }
    }
    String stream = EventType.VOTE_CAST.stream().in(places.environment());
    return Map.of(
        Discrepancy.DELETED_CAST,
        published ? Listed.NONE : brought.votes().missing().holes(),
        Discrepancy.NO_DURABLE,
        new Listed(absent.size(), absent),
        Discrepancy.UNREADABLE_PARKED,
        brought.votes().unreadableParked(),
        Discrepancy.UNREADABLE_CAST,
        brought.votes().unreadableCasts(brought.position(), stream));
  }

  @Override
  public void close() {
    redis.close();
    try {
      broker.close();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
