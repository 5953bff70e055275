package io.scrutin.event;

/** The checks that the constructors of events share; messages name the field, never its value. */
final class Checks {
  private Checks() {}

  static void shortText(String field, String value, int maxLength) {
    if (value.isBlank() || value.length() > maxLength) {
      throw new IllegalArgumentException(field + " has 1 to " + maxLength + " characters");
    }
  }

  static void lawId(String lawId) {
    shortText("lawId", lawId, 64);
    for (int i = 0; i < lawId.length(); i++) {
      char c = lawId.charAt(i);
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
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
      if (c < ' ' || c >= 0x7F && c <= 0x9F) {
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

  static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(Checks::isLoneSurrogate);
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static boolean isNoncharacter(int point) {
    return (point & 0xFFFE) == 0xFFFE || point >= 0xFDD0 && point <= 0xFDEF;
  }
}
