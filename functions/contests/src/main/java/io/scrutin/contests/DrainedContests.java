package io.scrutin.contests;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.broker.VoteReaders;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down of which contests no vote is on its way any more. Tally waits for that before it
 * opens what is left of one, and cannot see it: it has no connection to the broker.
 */
final class DrainedContests {
  private static final Logger LOG = LoggerFactory.getLogger(DrainedContests.class);

  /**
   * The broker may stamp a vote as in time for so long after the clock of Postgres says that it is
   * over.
   */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

  private static final Duration WORD_EVERY = Duration.ofSeconds(30);

  private final ContestBook book;
  private final BrokerLink broker;
  private final String environment;
  private volatile Instant nextWord = Instant.MIN;

  DrainedContests(ContestBook book, BrokerLink broker, String environment) {
    this.book = book;
    this.broker = broker;
    this.environment = environment;
  }

  void note(Instant now) throws SQLException {
    List<ContestRow> ended =
        book.ended().stream().filter(row -> row.isOverAt(now.minus(CLOCKS_APART))).toList();
    for (ContestRow row : ended) {
      List<String> behind = behind(row);
      if (behind.isEmpty()) {
        book.drained(row.lawId(), now);
        LOG.info("{}: no vote is on its way any more", row.lawId());
      } else if (now.isAfter(nextWord)) {
        nextWord = now.plus(WORD_EVERY);
        LOG.info("{}: its last ballots wait for {}", row.lawId(), behind);
      }
    }
  }

  private List<String> behind(ContestRow row) {
    Connection connection =
        broker
            .connection()
            .orElseThrow(() -> new BrokerRefused(BrokerRefused.Why.AWAY, "no connection"));
    try {
      return new VoteReaders(connection, environment).behind(row.contest().closesAt());
    } catch (IOException | JetStreamApiException away) {
      throw new BrokerRefused(BrokerRefused.Why.AWAY, away);
    }
  }
}
