package io.scrutin.event;

/** The checks that the constructors of events share; messages name the field, never its value. */
final class Checks {
  private Checks() {}

  static void shortText(String field, String value, int maxLength) {
    if (value.isBlank() || value.length() > maxLength) {
      throw new IllegalArgumentException(field + " has 1 to " + maxLength + " characters");
    }
  }

  /** A short text for one line of a log, a header or a label. */
  static void name(String field, String value, int maxLength) {
    shortText(field, value, maxLength);
    if (!isPlainText(value)) {
      throw new IllegalArgumentException(field + " has no control characters");
    }
  }

  static void lawId(String lawId) {
    shortText("lawId", lawId, 64);
    for (int i = 0; i < lawId.length(); i++) {
      char c = lawId.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '.';
      if (!allowed) {
        throw new IllegalArgumentException("lawId is of letters, digits, '-', '_' and '.'");
      }
    }
  }

  /** No control characters, no noncharacters, no lone surrogates: any UTF-8 writer can write it. */
  static boolean isPlainText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || (c >= 0x7F && c <= 0x9F)) {
        return false;
      }
      if (c >= Character.MIN_SURROGATE) {
        int point = text.codePointAt(i);
        if (isLoneSurrogate(point) || isNoncharacter(point)) {
          return false;
        }
        i += Character.charCount(point) - 1;
      }
    }
    return true;
  }

  /** Its first characters; a character of two halves that would be cut through is left out. */
  static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return text.substring(0, end);
  }

  static void notNegative(String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " is not negative");
    }
  }

  static boolean isLowerCaseHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(Checks::isLoneSurrogate);
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static boolean isNoncharacter(int point) {
    return (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
  }
}
