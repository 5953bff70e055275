package io.scrutin.demo;

import java.util.Set;

/** What became of a vote. */
record Outcome(String status, String reason) {
  private static final Set<String> FINAL = Set.of("recorded", "duplicate", "rejected");

  boolean isFinal() {
    return FINAL.contains(status);
  }
}
