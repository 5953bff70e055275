package io.scrutin.postgres;

import java.util.Map;
import java.util.Set;

/** What each role may do, as the design lists it. */
final class GrantList {
  private GrantList() {}

  /** Role, then what it may do on whole tables. Everything that is not here is refused. */
  static final Map<String, Map<String, String>> TABLES =
      Map.of(
          "contests",
          Map.of(
              "contests.contest", "SELECT INSERT UPDATE DELETE",
              "contests.outbox", "SELECT INSERT UPDATE DELETE"),
          "verify",
          Map.of("contests.contest", "SELECT", "roll.roll", "SELECT", "roll.voter", "SELECT"),
          "dedup",
          Map.of("store.participation", "SELECT"),
          "store",
          Map.of("store.participation", "SELECT INSERT", "store.envelope", "INSERT"),
          "tally",
          Map.of(
              "contests.contest", "SELECT",
              "store.envelope", "SELECT DELETE",
              "tally.ballot_box", "SELECT INSERT",
              "tally.spoiled", "SELECT INSERT",
              "tally.tally", "SELECT INSERT UPDATE"),
          "results",
          Map.of(
              "contests.contest", "SELECT",
              "tally.tally", "SELECT",
              "tally.vote_results", "SELECT"),
          "audit",
          Map.of(
              "contests.contest", "SELECT",
              "roll.roll", "SELECT",
              "tally.tally", "SELECT",
              "tally.ballot_box", "SELECT",
              "audit.vote_audit", "SELECT INSERT",
              "audit.duplicate_attempts", "SELECT INSERT",
              "audit.review_queue", "SELECT INSERT",
              "audit.contest_log", "SELECT INSERT",
              "audit.attempt_counter", "SELECT INSERT UPDATE",
              "audit.turnout", "SELECT INSERT UPDATE"),
          "hashgen",
          Map.of(
              "roll.roll", "SELECT INSERT UPDATE",
              "roll.voter", "SELECT INSERT",
              "roll.shard", "SELECT INSERT"));

  /** What is granted on single columns only. */
  static final Set<String> COLUMNS =
      Set.of(
          "tally UPDATE store.envelope.id",
          "audit SELECT store.participation.law_id",
          "audit SELECT store.envelope.law_id",
          "audit SELECT tally.spoiled.law_id");
}
