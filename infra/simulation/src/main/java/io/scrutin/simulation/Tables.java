package io.scrutin.simulation;

import io.scrutin.event.VoteId;
import java.time.Instant;
import java.util.HexFormat;

/** The tables of the vote's way. Rows are found by their key as text. */
final class Tables {
  record ContestRow(String lawId, String definition, Instant closesAt) {}

  record EnvelopeRow(String lawId, byte[] voteId, short scheme, String keyId, byte[] sealed) {}

  /**
   * @param by what Postgres tells of a row as well, to whoever asks
   */
  record BallotRow(String lawId, String choice, Transaction by) {}

  record AttemptRow(String lawId, byte[] tag, int attempt) {}

  record TrailRow(byte[] voteId, int step, String lawId, Instant at, String detail) {}

  final Table<ContestRow> contests = new Table<>();
  final Table<Boolean> drained = new Table<>();
  final Table<String> completeRolls = new Table<>();
  final Table<Boolean> voters = new Table<>();
  final Table<byte[]> participation = new Table<>();
  final Table<EnvelopeRow> envelopes = new Table<>();
  final Table<BallotRow> box = new Table<>();
  final Table<Long> tally = new Table<>();
  final Table<String> spoiled = new Table<>();
  final Table<TrailRow> trail = new Table<>();
  final Table<Integer> counters = new Table<>();
  final Table<AttemptRow> attempts = new Table<>();
  final Table<String> reviews = new Table<>();
  final Table<Boolean> contestLog = new Table<>();

  /** Refusals, hours and turnout: a number for each key. */
  final Table<Long> counts = new Table<>();

  static String key(String lawId, byte[] tag) {
    return lawId + "|" + HexFormat.of().formatHex(tag);
  }

  static String key(VoteId vote) {
    return vote.bytes().hex();
  }
}
