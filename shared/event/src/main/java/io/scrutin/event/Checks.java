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
}
