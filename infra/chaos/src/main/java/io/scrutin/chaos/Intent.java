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
  @Override
  public String toString() {
    return "intent " + number;
  }
}
