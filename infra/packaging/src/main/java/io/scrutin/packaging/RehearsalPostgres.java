package io.scrutin.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The frontend/backend protocol, version 3, as of a Postgres whose tables are all there, and empty
 * but for the rows that it is given. Messages are in the protocol's own letters.
 */
final class RehearsalPostgres implements RehearsalStore.Language {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;
  private static final int LONGEST = 1 << 24;
  private static final int TEXT = 25;

  /** What a client wants to know of a server before it asks anything. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "server_version", "15.0",
          "server_encoding", "UTF8",
          "client_encoding", "UTF8",
          "DateStyle", "ISO, MDY",
          "TimeZone", "UTC",
          "integer_datetimes", "on",
          "standard_conforming_strings", "on");

  private final Map<String, List<String>> rows;

  /**
   * @param rows the one that is found, in text, by how the query begins that looks for it
   */
  RehearsalPostgres(Map<String, List<String>> rows) {
    this.rows = Map.copyOf(rows);
  }

  @Override
  public void speak(DataInputStream in, DataOutputStream out) throws IOException {
    greet(in, out);
    Session session = new Session(out, rows);
    for (byte kind = in.readByte(); kind != 'X'; kind = in.readByte()) {
      byte[] body = new byte[length(in)];
      in.readFully(body);
      session.answer((char) kind, body);
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readInt() - Integer.BYTES;
    if (length < 0 || length > LONGEST) {
      throw new IOException("no length of a Postgres message");
    }
    return length;
  }

  private static void greet(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      byte[] startup = new byte[length(in)];
      in.readFully(startup);
      int wanted = new DataInputStream(new ByteArrayInputStream(startup)).readInt();
      if (wanted != SSL_REQUEST && wanted != GSS_REQUEST) {
        break;
      }
      out.writeByte('N');
      out.flush();
    }
    send(out, 'R', ints(0));
    for (Map.Entry<String, String> parameter : PARAMETERS.entrySet()) {
      send(out, 'S', text(parameter.getKey()), text(parameter.getValue()));
    }
    send(out, 'K', ints(1, 1));
    send(out, 'Z', new byte[] {'I'});
    out.flush();
  }

  /** One client's: the statements that it has prepared, and whether a transaction is under way. */
  private static final class Session {
    private final DataOutputStream out;
    private final Map<String, List<String>> rows;
    private final Map<String, String> prepared = new HashMap<>();
    private String bound = "";
    private byte state = 'I';

    Session(DataOutputStream out, Map<String, List<String>> rows) {
      this.out = out;
      this.rows = rows;
    }

    void answer(char kind, byte[] body) throws IOException {
      String[] texts = new String(body, StandardCharsets.UTF_8).split("\0", 3);
      switch (kind) {
        case 'P' -> {
          prepared.put(texts[0], texts[1].strip());
          send(out, '1');
        }
        case 'B' -> {
          bound = prepared.getOrDefault(texts[1], "");
          send(out, '2');
        }
        case 'D' -> describe(texts[0].charAt(0), texts[0].substring(1));
        case 'E' -> execute();
        case 'C' -> send(out, '3');
        case 'Q' -> {
          bound = texts[0].strip();
          execute();
          ready();
        }
        case 'S' -> ready();
        default -> out.flush();
      }
    }

    private void ready() throws IOException {
      send(out, 'Z', new byte[] {state});
      out.flush();
    }

    private void describe(char what, String name) throws IOException {
      String described = bound;
      if (what == 'S') {
        described = prepared.getOrDefault(name, "");
        send(out, 't', new byte[] {0, 0});
      }
      if (hasRows(described)) {
        send(out, 'T', columns(Math.max(1, row(described).size())));
      } else {
        send(out, 'n');
      }
    }

    private List<String> row(String query) {
      return rows.entrySet().stream()
          .filter(row -> query.startsWith(row.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(List.of());
    }

    private static byte[] columns(int count) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(bytes);
      fields.writeShort(count);
      for (int i = 0; i < count; i++) {
        fields.write(text("column" + i));
        fields.writeInt(0);
        fields.writeShort(0);
        fields.writeInt(TEXT);
        fields.writeShort(-1);
        fields.writeInt(-1);
        fields.writeShort(0);
      }
      return bytes.toByteArray();
    }

    private static byte[] values(List<String> row) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(bytes);
      fields.writeShort(row.size());
      for (String value : row) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        fields.writeInt(text.length);
        fields.write(text);
      }
      return bytes.toByteArray();
    }

    private static boolean hasRows(String query) {
      String upper = query.toUpperCase(Locale.ROOT);
      return upper.startsWith("SELECT")
          || upper.startsWith("WITH")
          || upper.startsWith("SHOW")
          || upper.contains("RETURNING");
    }

    private void execute() throws IOException {
      if (bound.isEmpty()) {
        send(out, 'I');
        return;
      }
      List<String> row = row(bound);
      if (!row.isEmpty()) {
        send(out, 'D', values(row));
      }
      String verb = bound.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
      state =
          switch (verb) {
            case "BEGIN" -> 'T';
            case "COMMIT", "ROLLBACK" -> 'I';
            default -> state;
          };
      String done =
          switch (verb) {
            case "INSERT" -> "INSERT 0 0";
            case "SELECT", "UPDATE", "DELETE" -> verb + " 0";
            case "WITH" -> "SELECT 0";
            default -> verb;
          };
      send(out, 'C', text(done));
    }
  }

  private static byte[] text(String text) {
    return (text + '\0').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ints(int... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int value : values) {
      out.writeInt(value);
    }
    return bytes.toByteArray();
  }

  private static void send(DataOutputStream out, char kind, byte[]... parts) throws IOException {
    int length = Integer.BYTES;
    for (byte[] part : parts) {
      length += part.length;
    }
    out.writeByte(kind);
    out.writeInt(length);
    for (byte[] part : parts) {
      out.write(part);
    }
  }
}
