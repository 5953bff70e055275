package io.scrutin.contests;

import io.micronaut.json.JsonMapper;
import io.nats.client.JetStreamApiException;
import io.scrutin.broker.VoteReaders;
import io.scrutin.contests.ChangeContest.Closing;
import io.scrutin.event.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Certifies a result: asks everything that must be so, then signs it and keeps it, at once. */
final class PublishContest {
  /** Held to the project's version by a test. */
  static final String SOFTWARE = "Scrutin 0.2.0";

  private final ContestBook book;
  private final Publications publications;
  private final FiguresTables figures;
  private final VoteReaders readers;
  private final Function<String, BooksRead> books;
  private final SigningKey key;
  private final JsonMapper json;

  PublishContest(
      ContestBook book,
      DataSource database,
      VoteReaders readers,
      Function<String, BooksRead> books,
      SigningKey key,
      JsonMapper json) {
    this.book = book;
    this.publications = new Publications(database);
    this.figures = new FiguresTables(database);
    this.readers = readers;
    this.books = books;
    this.key = key;
    this.json = json;
  }

  /**
   * @return what was kept, when the change is done or there is nothing to do
   */
  Change publish(String lawId, Duration settling)
      throws SQLException, IOException, JetStreamApiException {
    // Time ends a contest also where no heartbeat came by.
    Change ended = book.change(lawId, ChangeContest::end);
    if (ended instanceof Change.Refused) {
      return ended;
    }
    ContestRow row = book.find(lawId).orElseThrow();
    // Readers first: what they have read by then, the tables hold when they are read after.
    Closing closing =
        new Closing(
            readers.behind(row.contest().closesAt()),
            figures.read(lawId),
            books.apply(lawId),
            settling);
    return book.change(
        lawId,
        (locked, now) -> ChangeContest.publish(locked, closing, now),
        (connection, done, now) ->
            Publications.insert(connection, lawId, sign(done.row(), closing, now), now));
  }

  Optional<Publication> published(String lawId) throws SQLException {
    return publications.find(lawId);
  }

  private Publication sign(ContestRow row, Closing closing, Instant now) {
    ResultsDocument document =
        ResultsDocument.of(
            row.contest(), closing.figures(), closing.books(), now, SOFTWARE, key.publicKey());
    try {
      byte[] bytes = json.writeValueAsBytes(document);
      return new Publication(Bytes.of(bytes), Bytes.of(key.sign(bytes)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
