package io.scrutin.hashgen;

import io.scrutin.event.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Tags on their way into {@code roll.voter}, in the binary format of COPY: 46 bytes a voter, none
 * of which Postgres has to parse.
 */
final class VoterCopy {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\u0000".getBytes(StandardCharsets.ISO_8859_1);

  private static final short FIELDS = 2;
  private static final short TRAILER = -1;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final CopyIn copy;
  private final int roll;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  VoterCopy(CopyManager copies, int roll) throws SQLException {
    this.copy = copies.copyIn("COPY roll.voter (roll, tag) FROM STDIN (FORMAT binary)");
    this.roll = roll;
    // Flags and the length of an extension: none.
    buffer.put(SIGNATURE).putInt(0).putInt(0);
  }

  void add(byte[] tag) throws SQLException {
    if (buffer.remaining() < 64) {
      send();
    }
    buffer.putShort(FIELDS).putInt(Integer.BYTES).putInt(roll);
    buffer.putInt(Tag.LENGTH_BYTES).put(tag);
  }

  private void send() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  void finish() throws SQLException {
    buffer.putShort(TRAILER);
    send();
    copy.endCopy();
  }
}
