package io.scrutin.hashgen;

/** A file or a roll that cannot be used as it is; says which, why, and what to do. */
final class RollRefused extends Exception {
  private static final long serialVersionUID = 1;

  RollRefused(String message) {
    super(message);
  }
}
