package io.scrutin.hashgen;

import java.util.regex.Pattern;

/** Laws as they name contests, and here folders too: none may lead out of the folder given. */
final class LawIds {
  private static final Pattern LAW_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

  private LawIds() {}

  static boolean isWellFormed(String lawId) {
    return LAW_ID.matcher(lawId).matches();
  }
}
