package io.scrutin.credential;

import java.util.Locale;
import java.util.Optional;

/**
 * The secret that a voter was sent, in capitals. It lives in submit's request and nowhere else, so
 * {@link #toString} does not show it.
 */
public record Code(String text) {
  private static final int MIN_LENGTH = 6;
  private static final int MAX_LENGTH = 16;

  /** Sixteen characters, each followed by a separator. */
  private static final int MAX_INPUT_CHARS = 2 * MAX_LENGTH;

  public Code {
    if (!isWellFormed(text) || !text.equals(text.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException("a code has 6 to 16 capitals and digits");
    }
  }

  /**
   * Reads what a person typed, in capitals or not. Letters show a code in groups, so the spaces and
   * hyphens between them may be there, as in a {@link Nas}.
   */
  public static Optional<Code> parse(String typed) {
    if (typed.length() > MAX_INPUT_CHARS) {
      return Optional.empty();
    }
    StringBuilder code = new StringBuilder(MAX_LENGTH);
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (c != '-' && !Character.isSpaceChar(c)) {
        code.append(c);
      }
    }
    String candidate = code.toString();
    return isWellFormed(candidate)
        ? Optional.of(new Code(candidate.toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static boolean isWellFormed(String text) {
    return text.length() >= MIN_LENGTH
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(Code::isLetterOrDigit);
  }

  /** Of ASCII: outside it, one letter has several spellings in bytes, and each would be a code. */
  private static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  @Override
  public String toString() {
    return "code";
  }
}
