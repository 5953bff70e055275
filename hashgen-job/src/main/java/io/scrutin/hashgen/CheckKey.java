package io.scrutin.hashgen;

import io.scrutin.credential.HmacTags;
import java.util.List;

/**
 * Was a roll made with the pepper that submit has? With another, none of its voters would ever be
 * found, and all would be refused for good.
 */
final class CheckKey {
  /**
   * What somebody says submit's pepper is.
   *
   * @param source where they say it
   */
  record Expected(String keyId, String source) {}

  sealed interface Checked {
    record Same() implements Checked {}

    /** Nobody says anything, so it could be any. */
    record NothingToCompare(String advice) implements Checked {}

    record Other(String reason) implements Checked {}
  }

  private CheckKey() {}

  static Checked check(Manifest roll, List<Expected> expected) {
    if (expected.isEmpty() && roll.scheme().equals(HmacTags.NAME)) {
      return new Checked.NothingToCompare(
          roll.lawId()
              + " was generated with the pepper "
              + roll.keyId()
              + ", and nothing says that submit's is the same. Set SCRUTIN_PEPPER_FILE to"
              + " submit's pepper, or give --key-id with the 16 digits that generate prints where"
              + " that pepper is");
    }
    for (Expected each : expected) {
      if (!each.keyId().equals(roll.keyId())) {
        return new Checked.Other(
            roll.lawId()
                + " was generated with another pepper (key "
                + roll.keyId()
                + ") than the one of "
                + each.source()
                + " (key "
                + each.keyId()
                + "): no voter would be found on it");
      }
    }
    return new Checked.Same();
  }
}
