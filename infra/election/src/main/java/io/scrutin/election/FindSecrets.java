package io.scrutin.election;

import io.scrutin.standalone.Credentials.Credential;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for credentials in a text: each NAS and code of the roll, plain, in hexadecimal, in base64
 * and as plain SHA-256, as a word of its own. Inside of a longer word nine digits mean nothing:
 * hashes are full of them.
 */
public final class FindSecrets {
  /** Longer than any form; what is longer still is no credential. */
  private static final int MAX_WORD = 120;

  /** As people write a NAS and letters a code: 046 454 286, K7MN-2PQR. */
  private static final Pattern GROUPED =
      Pattern.compile("\\b(?=(\\d{3}[ -]\\d{3}[ -]\\d{3}|\\w{4}[ -]\\w{4})\\b)");

  private final Set<String> forms;
  private final Set<String> found = new ConcurrentSkipListSet<>();
  private long words;

  public FindSecrets(List<Credential> roll, String lawId) {
    this.forms =
        roll.stream()
            .flatMap(voter -> voter.forms(lawId).stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  public void read(String place, String written) {
    // Postgres writes bytes as \\x and hexadecimal: the x is no part of the word.
    String text = written.replace("\\x", "  ");
    GROUPED
        .matcher(text)
        .results()
        .map(group -> group.group(1).replaceAll("[ -]", "").toLowerCase(Locale.ROOT))
        .filter(forms::contains)
        .forEach(_ -> found.add(place));
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !isOfAWord(text.charAt(i))) {
        if (i > start && i - start <= MAX_WORD) {
          words++;
          if (forms.contains(text.substring(start, i).toLowerCase(Locale.ROOT))) {
            found.add(place);
          }
        }
        start = i + 1;
      }
    }
  }

  /** Of a NAS, a code, hexadecimal, base64, or the older scheme's joined text. */
  private static boolean isOfAWord(char c) {
    return Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '|';
  }

  /** Where any was found. */
  public Set<String> places() {
    return new TreeSet<>(found);
  }

  public long words() {
    return words;
  }
}
