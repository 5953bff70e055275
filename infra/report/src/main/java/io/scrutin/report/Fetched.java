package io.scrutin.report;

/** What asking for a report came to. */
sealed interface Fetched {
  /**
   * @param json as it came, or, of a list, all pages as one
   * @param isWhole false for a list that is longer than what is fetched at once
   */
  record Found(Tree tree, String json, boolean isWhole) implements Fetched {}

  /** The audit function refuses: it says why, in the reader's language. */
  record Refused(int status, String why) implements Fetched {}

  /** Nobody answers at the address, or not as the audit function does. */
  record NoAnswer(String why) implements Fetched {}
}
