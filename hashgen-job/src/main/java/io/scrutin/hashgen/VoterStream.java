package io.scrutin.hashgen;

import io.scrutin.event.Tag;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** Tags out of {@code roll.voter}, in order, a message of the binary COPY each. */
final class VoterStream implements TagSource, AutoCloseable {
  private static final byte[] NO_MORE = new byte[0];

  /** Number of fields and length of the one: the tag follows. */
  private static final int HEAD_BYTES = Short.BYTES + Integer.BYTES;

  private static final int ROW_BYTES = HEAD_BYTES + Tag.LENGTH_BYTES;

  private final CopyOut copy;

  VoterStream(CopyManager copies, int roll) throws SQLException {
    this.copy =
        copies.copyOut(
            "COPY (SELECT tag FROM roll.voter WHERE roll = %d ORDER BY roll, tag) TO STDOUT (FORMAT binary)"
                .formatted(roll));
  }

  @Override
  public byte[] next() throws SQLException {
    byte[] message = copy.readFromCopy();
    while (message != null) {
      // The first message also has the head of the format, and the last is its end.
      if (message.length >= ROW_BYTES) {
        return Arrays.copyOfRange(message, message.length - Tag.LENGTH_BYTES, message.length);
      }
      message = copy.readFromCopy();
    }
    return NO_MORE;
  }

  /** Ended early, it would keep its connection from anything else. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
