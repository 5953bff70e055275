package io.scrutin.audit;

import io.scrutin.event.VoteId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided on a vote of the review queue. Everybody may read all of it.
 *
 * @param note why; absent when there is nothing to add
 */
record ReviewDecision(
    VoteId voteId, String lawId, Word word, String author, @Nullable String note) {
  static final int MAX_AUTHOR_LENGTH = 80;
  static final int MAX_NOTE_LENGTH = 500;

  /** Nine digits, however they are grouped: a NAS has no place where everybody reads. */
  private static final Pattern NINE_DIGITS = Pattern.compile("(\\d[ .-]?){8}\\d");

  /** What it says of the refusal or the parking. */
  enum Word {
    UPHELD,
    DISMISSED,
    ESCALATED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ReviewDecision {
    check("author", author, MAX_AUTHOR_LENGTH);
    if (note != null) {
      check("note", note, MAX_NOTE_LENGTH);
    }
  }

  /** Says what is wrong, and never the text itself. */
  private static void check(String name, String text, int most) {
    if (text.isBlank() || text.codePointCount(0, text.length()) > most) {
      throw new IllegalArgumentException("the " + name + " has 1 to " + most + " characters");
    }
    if (text.codePoints().anyMatch(ReviewDecision::isInvisible)) {
      throw new IllegalArgumentException("the " + name + " is one line of plain text");
    }
    if (NINE_DIGITS.matcher(text).find()) {
      throw new IllegalArgumentException(
          "the " + name + " holds nine digits, which may be a NAS, and everybody may read it");
    }
  }

  /** Control characters, and those that make a line read as another. */
  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      // Types are numbers of the JDK, not an enum of ours.
      default -> false;
    };
  }
}
