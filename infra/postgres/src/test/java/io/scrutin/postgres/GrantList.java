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
              "contests.contest", "SELECT INSERT UPDATE",
              "contests.outbox", "SELECT INSERT UPDATE",
              "contests.publication", "SELECT INSERT",
              "roll.roll", "SELECT",
              "tally.tally", "SELECT"),
          "verify",
          Map.of(
              "contests.contest", "SELECT",
              "roll.roll", "SELECT",
              "roll.voter", "SELECT",
              "store.participation", "SELECT"),
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
              "tally.complete", "SELECT",
              "tally.vote_results", "SELECT"),
          "audit",
          Map.ofEntries(
              Map.entry("contests.contest", "SELECT"),
              Map.entry("roll.roll", "SELECT"),
              Map.entry("tally.tally", "SELECT"),
              Map.entry("tally.ballot_box", "SELECT"),
              Map.entry("audit.vote_audit", "SELECT INSERT"),
              Map.entry("audit.duplicate_attempts", "SELECT INSERT"),
              Map.entry("audit.review_queue", "SELECT INSERT"),
              Map.entry("audit.contest_log", "SELECT INSERT"),
              Map.entry("audit.attempt_counter", "SELECT INSERT UPDATE"),
              Map.entry("audit.turnout", "SELECT INSERT UPDATE"),
              Map.entry("audit.turnout_hour", "SELECT INSERT UPDATE"),
              Map.entry("audit.refusal", "SELECT INSERT UPDATE"),
              Map.entry("audit.review_decision", "SELECT"),
              Map.entry("audit.parked_discard", "SELECT")),
          "hashgen",
          Map.of(
              "roll.roll", "SELECT INSERT UPDATE",
              "roll.voter", "SELECT INSERT",
              "roll.shard", "SELECT INSERT"),
          "reconcile",
          Map.of(
              "contests.contest", "SELECT",
              "roll.roll", "SELECT",
              "roll.voter", "SELECT",
              "store.participation", "SELECT",
              "tally.ballot_box", "SELECT",
              "tally.tally", "SELECT",
              "audit.vote_audit", "SELECT",
              "audit.attempt_counter", "SELECT",
              "audit.duplicate_attempts", "SELECT",
              "audit.turnout", "SELECT"));

  /** What is granted on single columns only. */
  static final Set<String> COLUMNS =
      Set.of(
          "tally UPDATE store.envelope.id",
          "doorkeeper SELECT contests.contest.law_id",
          "doorkeeper SELECT contests.contest.opens_at",
          "doorkeeper SELECT contests.contest.closes_at",
          "doorkeeper SELECT contests.contest.state",
          "doorkeeper SELECT contests.outbox.published_at",
          "audit INSERT audit.review_decision.vote_id",
          "audit INSERT audit.review_decision.decision",
          "audit INSERT audit.review_decision.author",
          "audit INSERT audit.review_decision.note",
          "audit INSERT audit.parked_discard.binding",
          "audit INSERT audit.parked_discard.stream",
          "audit INSERT audit.parked_discard.sequence",
          "audit INSERT audit.parked_discard.stamped_at",
          "audit INSERT audit.parked_discard.vote_id",
          "audit INSERT audit.parked_discard.law_id",
          "audit INSERT audit.parked_discard.reason",
          "audit INSERT audit.parked_discard.author",
          "store SELECT audit.parked_discard.vote_id",
          "reconcile SELECT audit.parked_discard.binding",
          "reconcile SELECT audit.parked_discard.stream",
          "reconcile SELECT audit.parked_discard.sequence",
          "reconcile SELECT audit.parked_discard.stamped_at",
          "reconcile SELECT audit.parked_discard.vote_id",
          "results SELECT contests.publication.law_id",
          "contests SELECT store.participation.law_id",
          "contests SELECT store.envelope.law_id",
          "contests SELECT tally.spoiled.law_id",
          "audit SELECT store.participation.law_id",
          "audit SELECT store.envelope.law_id",
          "audit SELECT tally.spoiled.law_id",
          "reconcile SELECT store.envelope.law_id",
          "reconcile SELECT store.envelope.vote_id",
          "reconcile SELECT tally.spoiled.law_id",
          "reconcile SELECT tally.spoiled.vote_id",
          "reconcile SELECT contests.publication.law_id",
          "reconcile SELECT audit.review_queue.law_id",
          "reconcile SELECT audit.review_queue.vote_id");
}
