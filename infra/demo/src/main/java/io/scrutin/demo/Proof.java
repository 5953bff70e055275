package io.scrutin.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a promise held in this run.
 *
 * @param evidence what was looked at, and what was found
 */
record Proof(String promise, String says, boolean held, String evidence) {
  private static final int COLUMNS = 96;

  /** The evidence in lines that fit on a terminal. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : evidence.split(" ")) {
      if (line.length() + word.length() > COLUMNS) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().strip());
    return lines;
  }
}
