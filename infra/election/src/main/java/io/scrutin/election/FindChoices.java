package io.scrutin.election;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Looks for a choice, or for the key that opens ballots, where votes have names: everywhere but in
 * the contest's own definition and in the box and its counts, which have no names beside them.
 * (Redis keeps published counts for a second.)
 */
public final class FindChoices {
  private static final Pattern NAMELESS =
      Pattern.compile(
          "table (contests|tally)\\..*|.*\\.voting\\.contest\\..*|Redis [^:]*:results:");

  /** Three letters in the middle of base64 are chance. */
  private static final String NOT_IN_A_WORD = "(?<![A-Za-z0-9+/-])";

  private static final String NOT_BEFORE_A_WORD = "(?![A-Za-z0-9+/=-])";

  private final List<Pattern> words;
  private final List<String> keys;
  private final Set<String> found = new TreeSet<>();
  private long texts;

  /**
   * @param keys the private halves of ballot keys, in the forms in which they may be written
   */
  public FindChoices(List<String> choices, List<String> keys) {
    this.words =
        choices.stream()
            .map(choice -> Pattern.compile(NOT_IN_A_WORD + choice + NOT_BEFORE_A_WORD))
            .toList();
    this.keys = List.copyOf(keys);
  }

  public void read(String place, String text) {
    texts += text.lines().count();
    boolean named = !NAMELESS.matcher(place).matches();
    if (named && words.stream().anyMatch(word -> word.matcher(text).find())) {
      found.add(place);
    }
    if (keys.stream().anyMatch(text::contains)) {
      found.add(place + " (the key)");
    }
  }

  public Set<String> places() {
    return Set.copyOf(found);
  }

  public long texts() {
    return texts;
  }
}
