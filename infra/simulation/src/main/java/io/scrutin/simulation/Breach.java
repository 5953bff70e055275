package io.scrutin.simulation;

/** A promise that a seed shows to be broken. */
final class Breach extends RuntimeException {
  /**
   * @param promise the failure criterion's name in docs/verification.md
   */
  Breach(String promise, String found) {
    super(promise + ": " + found);
  }
}
