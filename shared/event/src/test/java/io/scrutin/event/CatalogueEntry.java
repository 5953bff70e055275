package io.scrutin.event;

import java.util.List;

/** What records cannot say of an event: what it means, who emits it and who reads it. */
record CatalogueEntry(String meaning, List<String> emitters, List<String> readers) {
  private static CatalogueEntry of(String meaning, String emitters, String readers) {
    return new CatalogueEntry(meaning, List.of(emitters.split(", ")), List.of(readers.split(", ")));
  }

  static CatalogueEntry of(EventType type) {
    return switch (type) {
      case VOTE_CAST ->
          of(
              "Submit took a vote in. Whether it counts is decided later.",
              "submit",
              "verify, audit");
      case VOTE_VERIFIED ->
          of(
              "The voter is on the roll, and the broker stamped the cast in time.",
              "verify",
              "dedup");
      case VOTE_ACCEPTED ->
          of("No other vote of this voter is known to be recorded.", "dedup", "store");
      case VOTE_RECORDED ->
          of(
              "The vote is committed in Postgres: the voter's one vote in this contest.",
              "store",
              "tally, audit, submit");
      case VOTE_REJECTED -> of("The vote does not count, for good.", "verify", "audit, submit");
      case VOTE_DUPLICATED ->
          of("Another vote of the same voter is recorded.", "dedup, store", "audit, submit");
      case CONTEST_OPENED ->
          of("A contest as voters see it from now on.", "contests", "submit, audit");
      case CONTEST_CLOSED ->
          of("No cast stamped from this moment on counts.", "contests", "submit, audit");
      case TALLY_UPDATED ->
          of(
              "More ballots of a law are counted; how many, and no more.",
              "tally",
              "whoever listens");
      case EVENT_PARKED ->
          of(
              "A message that could not be got through waits for a person.",
              "trigger",
              "audit, submit");
      case REPLAY_ORDERED ->
          of(
              "A person wants a parked message to be given to its binding again.",
              "./scrutin parked",
              "trigger");
      case EVENT_REPLAYED ->
          of("A parked message got through after all.", "trigger", "./scrutin parked, reconcile");
      case WAKE ->
          of(
              "There may be work in the function's own store.",
              "trigger, PingSource",
              "tally, contests");
      case ANSWERED ->
          of("A step's answer to an event when no event follows it.", "any step", "trigger");
      case OUTCOME_ASKED -> of("What became of a vote?", "submit", "audit");
      case OUTCOME_TOLD -> of("What became of it.", "audit", "submit");
    };
  }
}
