package io.scrutin.books;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Rows on their way into a temporary table: eight million pass through a buffer of 64 KiB. */
final class CopyRows implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final PGCopyOutputStream out;
  private final StringBuilder row = new StringBuilder(128);

  CopyRows(Connection connection, String table) throws SQLException {
    this.out =
        new PGCopyOutputStream(
            connection.unwrap(PGConnection.class), "COPY " + table + " FROM STDIN", BUFFER_BYTES);
  }

  CopyRows number(long number) {
    separate().append(number);
    return this;
  }

  CopyRows bytes(byte[] bytes) {
    // A backslash is written twice in COPY's text format.
    separate().append("\\\\x");
    HexFormat.of().formatHex(row, bytes);
    return this;
  }

  CopyRows truth(boolean truth) {
    separate().append(truth ? 't' : 'f');
    return this;
  }

  /** As microseconds, which is what Postgres keeps and what a comparison must not round. */
  CopyRows micros(Instant instant) {
    return number(VoteStates.micros(instant));
  }

  private StringBuilder separate() {
    return row.isEmpty() ? row : row.append('\t');
  }

  void end() throws IOException {
    out.write(row.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    row.setLength(0);
  }

  /** Of a connection that broke nothing more can be said. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
