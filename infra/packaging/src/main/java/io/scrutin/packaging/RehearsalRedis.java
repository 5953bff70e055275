package io.scrutin.packaging;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** RESP 2, as of a Redis that knows each voter, of whom nobody has voted. */
final class RehearsalRedis implements RehearsalStore.Language {
  private static final int LONGEST = 1 << 20;

  @Override
  public void speak(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      out.write(answer(command(in)).getBytes(StandardCharsets.US_ASCII));
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  /** Its name; what it is about is read and left. */
  private static String command(DataInputStream in) throws IOException {
    String name = "";
    int words = number(in, '*');
    for (int i = 0; i < words; i++) {
      byte[] word = new byte[number(in, '$')];
      in.readFully(word);
      in.readShort();
      if (i == 0) {
        name = new String(word, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
      }
    }
    return name;
  }

  private static int number(DataInputStream in, char kind) throws IOException {
    if (in.readByte() != kind) {
      throw new IOException("no Redis command");
    }
    int number = 0;
    for (byte next = in.readByte(); next != '\r'; next = in.readByte()) {
      number = number * 10 + next - '0';
      if (number < 0 || number > LONGEST) {
        throw new IOException("no length of a Redis command");
      }
    }
    in.readByte();
    return number;
  }

  private static String answer(String command) {
    return switch (command) {
      case "PING" -> "+PONG\r\n";
      case "CLIENT", "AUTH", "SELECT", "PSETEX" -> "+OK\r\n";
      case "GET" -> "$-1\r\n";
      case "INFO" -> "$0\r\n\r\n";
      case "EVAL" -> ":1\r\n";
      case "SMISMEMBER" -> "*1\r\n:1\r\n";
      default -> "-ERR unknown command '" + command + "'\r\n";
    };
  }
}
