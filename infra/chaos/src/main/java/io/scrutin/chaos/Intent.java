package io.scrutin.chaos;

import java.time.Duration;

/**
 * That somebody wants to vote, once, however often they have to ask until they are answered.
 *
 * @param at when, from when votes come in
 * @param voter their place on the roll
 * @param key the Idempotency-Key
 */
record Intent(int number, Duration at, int voter, String lawId, String choice, String key) {
  private static final String AGAIN = "again-";

  /** The same voter, who knows that the first vote is lost. */
  Intent again(int number) {
    return new Intent(number, Duration.ZERO, voter, lawId, choice, AGAIN + number);
  }

  boolean isAgain() {
    return key.startsWith(AGAIN);
  }

  @Override
  public String toString() {
    return "intent " + number;
  }
}
