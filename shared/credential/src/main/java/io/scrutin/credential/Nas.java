package io.scrutin.credential;

import java.util.Optional;

/**
 * A social insurance number (numéro d'assurance sociale). It lives in submit's request and nowhere
 * else, so {@link #toString} does not show it.
 */
public record Nas(String digits) {
  private static final int LENGTH = 9;

  /** Nine digits, each followed by a separator, and some more; longer input is no slip of a pen. */
  private static final int MAX_INPUT_CHARS = 32;

  public Nas {
    if (!isNineDigits(digits) || !passesLuhn(digits)) {
      throw new IllegalArgumentException("a NAS has 9 digits, the last of which checks the others");
    }
  }

  /**
   * Reads what a person typed: spaces and hyphens may stand anywhere, among them the no-break
   * spaces that French typography puts between groups of digits.
   */
  public static Optional<Nas> parse(String typed) {
    if (typed.length() > MAX_INPUT_CHARS) {
      return Optional.empty();
    }
    StringBuilder digits = new StringBuilder(LENGTH);
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (c != '-' && !Character.isSpaceChar(c)) {
        digits.append(c);
      }
    }
    String candidate = digits.toString();
    return isNineDigits(candidate) && passesLuhn(candidate)
        ? Optional.of(new Nas(candidate))
        : Optional.empty();
  }

  /** Only 0 to 9: a digit of another script would be another byte in the tag. */
  private static boolean isNineDigits(String candidate) {
    return candidate.length() == LENGTH && candidate.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = digits.charAt(i) - '0';
      int weighted = i % 2 == 1 ? 2 * digit : digit;
      sum += weighted / 10 + weighted % 10;
    }
    return sum % 10 == 0;
  }

  @Override
  public String toString() {
    return "nas";
  }
}
