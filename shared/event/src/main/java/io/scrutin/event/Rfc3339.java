package io.scrutin.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3339 timestamps. Two of them are in every event, and {@link Instant#parse} with {@link
 * Instant#toString} would take longer than all the rest of the codec.
 */
final class Rfc3339 {
  private static final int DATE_AND_TIME_CHARS = 19;

  private Rfc3339() {}

  /** In UTC, with as many of 0, 3, 6 or 9 decimals as it takes. */
  static String write(Instant moment) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > 9999) {
      throw new IllegalArgumentException("an event's years have four digits");
    }
    byte[] text = new byte[30];
    digits(text, 0, 4, utc.getYear());
    text[4] = '-';
    digits(text, 5, 2, utc.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, utc.getDayOfMonth());
    text[10] = 'T';
    digits(text, 11, 2, utc.getHour());
    text[13] = ':';
    digits(text, 14, 2, utc.getMinute());
    text[16] = ':';
    digits(text, 17, 2, utc.getSecond());
    int end = fraction(text, utc.getNano());
    text[end] = 'Z';
    return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
  }

  private static int fraction(byte[] text, int nanos) {
    if (nanos == 0) {
      return DATE_AND_TIME_CHARS;
    }
    int decimals = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    int value = decimals == 3 ? nanos / 1_000_000 : decimals == 6 ? nanos / 1_000 : nanos;
    text[DATE_AND_TIME_CHARS] = '.';
    digits(text, DATE_AND_TIME_CHARS + 1, decimals, value);
    return DATE_AND_TIME_CHARS + 1 + decimals;
  }

  private static void digits(byte[] text, int from, int count, int value) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The moment, or nothing when the text is no RFC 3339 timestamp of up to nanoseconds. */
  static @Nullable Instant read(String text) {
    if (text.length() <= DATE_AND_TIME_CHARS || !hasSeparators(text)) {
      return null;
    }
    int end = DATE_AND_TIME_CHARS;
    int nanos = 0;
    if (text.charAt(end) == '.') {
      int first = ++end;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      nanos = nanos(text, first, end);
    }
    int offsetSeconds = offsetSeconds(text, end);
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if ((year | month | day | hour | minute | second | nanos) < 0
        || offsetSeconds == Integer.MIN_VALUE) {
      return null;
    }
    try {
      long local =
          LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
      return Instant.ofEpochSecond(local - offsetSeconds, nanos);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private static boolean hasSeparators(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (text.charAt(10) == 'T' || text.charAt(10) == 't')
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  /** -1 for what is no number of 1 to 9 digits. */
  private static int nanos(String text, int from, int to) {
    if (to - from > 9) {
      return -1;
    }
    int value = number(text, from, to);
    for (int i = to - from; i < 9 && value > 0; i++) {
      value *= 10;
    }
    return value;
  }

  /** {@link Integer#MIN_VALUE} for what is no offset. */
  private static int offsetSeconds(String text, int from) {
    if (from == text.length() - 1 && (text.charAt(from) == 'Z' || text.charAt(from) == 'z')) {
      return 0;
    }
    if (from != text.length() - 6 || text.charAt(from + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, from + 1, from + 3);
    int minutes = number(text, from + 4, from + 6);
    char sign = text.charAt(from);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || (sign != '+' && sign != '-')) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  /** -1 for what is no number. */
  private static int number(String text, int from, int to) {
    int value = from == to ? -1 : 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
