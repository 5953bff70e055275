package io.scrutin.postgres;

import java.util.List;

/** The functions and jobs that have a role in the database; submit has none. */
public final class Roles {
  public static final List<String> FUNCTIONS =
      List.of(
          "contests",
          "verify",
          "dedup",
          "store",
          "tally",
          "results",
          "audit",
          "hashgen",
          "reconcile",
          "doorkeeper");

  private Roles() {}

  public static String of(String function) {
    if (!FUNCTIONS.contains(function)) {
      throw new IllegalArgumentException("no role for the function " + function);
    }
    return "scrutin_" + function;
  }
}
