package io.scrutin.ballot;

/** What came of opening an envelope. */
public sealed interface Opening {
  record Opened(String choiceId) implements Opening {}

  /**
   * No vote was sealed in it for this law and vote id under the key it names.
   *
   * @param reason why; it shows nothing of what was found
   */
  record Unopenable(String reason) implements Opening {}
}
