package io.scrutin.event;

import io.scrutin.event.EventCodec.MalformedEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Attribute values as HTTP headers carry them: HTTP binding of CloudEvents 1.0.2, 3.1.3.2. */
final class HeaderText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private HeaderText() {}

  static String encode(String value) {
    if (value.chars().allMatch(HeaderText::needsNoEscape)) {
      return value;
    }
    StringBuilder header = new StringBuilder(value.length() * 2);
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (needsNoEscape(b)) {
        header.append((char) b);
      } else {
        header.append('%');
        HEX.toHexDigits(header, b);
      }
    }
    return header.toString();
  }

  private static boolean needsNoEscape(int c) {
    return c > ' ' && c <= '~' && c != '"' && c != '%';
  }

  /** Takes back double quotes first (older senders wrote them), then one round of escapes. */
  static String decode(String header) throws MalformedEvent {
    String unquoted = unquote(header);
    if (unquoted.indexOf('%') < 0) {
      return unquoted;
    }
    byte[] escaped = unquoted.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream(escaped.length);
    int next = 0;
    while (next < escaped.length) {
      if (escaped[next] != '%') {
        plain.write(escaped[next++]);
      } else if (next + 2 < escaped.length
          && HexFormat.isHexDigit(escaped[next + 1])
          && HexFormat.isHexDigit(escaped[next + 2])) {
        int high = HexFormat.fromHexDigit(escaped[next + 1]);
        plain.write(high << 4 | HexFormat.fromHexDigit(escaped[next + 2]));
        next += 3;
      } else {
        throw new MalformedEvent("a header has a broken percent-escape");
      }
    }
    try {
      // A decoder of one's own reports; new String(bytes, UTF_8) would put replacement characters.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(plain.toByteArray()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedEvent("a header's percent-escapes are not UTF-8");
    }
  }

  private static String unquote(String header) throws MalformedEvent {
    String trimmed = header.strip();
    if (trimmed.isEmpty() || trimmed.charAt(0) != '"') {
      return trimmed;
    }
    StringBuilder plain = new StringBuilder(trimmed.length());
    for (int i = 1; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      if (c == '"') {
        if (i != trimmed.length() - 1) {
          break;
        }
        return plain.toString();
      }
      if (c == '\\') {
        i++;
      }
      if (i < trimmed.length()) {
        plain.append(trimmed.charAt(i));
      }
    }
    throw new MalformedEvent("a header has a broken quoted string");
  }
}
