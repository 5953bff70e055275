package io.scrutin.hashgen;

/**
 * A row that cannot be used. It says where and why, and nothing of what the row holds.
 *
 * @param otherLine the line that it contradicts, or 0
 */
record BadRow(int line, Reason reason, int otherLine) implements Comparable<BadRow> {
  enum Reason {
    NOT_UTF_8("is not UTF-8"),
    TOO_LONG("is longer than " + TextBlocks.MAX_LINE_BYTES + " bytes"),
    QUOTES(
        "has a quote that is never closed, or in the middle of a field; no field may go over a"
            + " line's end"),
    COLUMNS("has another number of columns than it should"),
    NAS("has no NAS: 9 digits, the last of which checks the others"),
    CODE("has no code: 6 to 16 letters and digits"),
    LAW("has no law id: up to 64 letters, digits, '-', '_' and '.'"),
    LAWS("is of one law more than the " + LawNumbers.MAX + " that a file may have"),
    SAME_NAS("has the NAS of an earlier line"),
    OTHER_CODE("gives a NAS another code than an earlier line does, which would be a second vote");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  BadRow(int line, Reason reason) {
    this(line, reason, 0);
  }

  @Override
  public int compareTo(BadRow other) {
    return Integer.compare(line, other.line);
  }

  @Override
  public String toString() {
    return "line " + line + " " + reason.text + (otherLine > 0 ? " (line " + otherLine + ")" : "");
  }
}
