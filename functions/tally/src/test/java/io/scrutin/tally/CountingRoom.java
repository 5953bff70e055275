package io.scrutin.tally;

import io.scrutin.ballot.BallotKeyPair;
import io.scrutin.ballot.BallotKeys;
import io.scrutin.ballot.BallotSealer;
import io.scrutin.contest.Contests;
import io.scrutin.credential.KeyFile;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Fact;
import io.scrutin.event.LocalText;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteId;
import io.scrutin.event.Wake;
import io.scrutin.step.Answer;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where ballots are counted in tests: a contest, its key, envelopes that wait, and tallies. */
final class CountingRoom {
  static final String LAW = "law-1";

  final TestDatabase database = TestPostgres.freshDatabase();
  private final EventCodec codec = new EventCodec();
  private final BallotKeyPair ballotKey = BallotKeys.generate("key-1");
  private final BallotSealer sealer;
  private final Path keys;
  private int cast;

  CountingRoom(Path dir) throws IOException {
    keys = dir.resolve("ballot");
    KeyFile.write(keys.resolve("key-1.key"), ballotKey.privateKey().toArray());
    sealer = new BallotSealer(ballotKey.toBallotKey(), Clock.systemUTC());
  }

  TallyVotes tally() {
    return tally(keys);
  }

  TallyVotes tally(Path held) {
    return new TallyVotes(
        new Contests(database.dataSource("tally"), codec, Clock.systemUTC(), System::nanoTime),
        new HeldKeys(held),
        box(),
        new SecureRandom(),
        Clock.systemUTC());
  }

  void contest(int groupSize, Instant closesAt) throws SQLException {
    LocalText text = new LocalText("texte", "text");
    Contest contest =
        new Contest(
            LAW,
            text,
            text,
            List.of(new Choice("oui", text), new Choice("non", text)),
            closesAt.minus(Duration.ofDays(1)),
            closesAt,
            new ResultsPolicy(ResultsPolicy.Visibility.LIVE, groupSize),
            "hmac-sha256",
            ballotKey.toBallotKey());
    database.open(contest);
  }

  void envelopes(String choice, int count) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed)"
                    + " VALUES (?, ?, ?, ?, ?)")) {
      for (int i = 0; i < count; i++) {
        VoteId vote = VoteId.of(ByteBuffer.allocate(16).putInt(++cast).array());
        SealedChoice sealed = sealer.seal(LAW, vote, choice);
        insert.setString(1, LAW);
        insert.setBytes(2, vote.bytes().toArray());
        insert.setInt(3, sealed.scheme());
        insert.setString(4, sealed.keyId());
        insert.setBytes(5, sealed.bytes().toArray());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  long number(String sql) throws SQLException {
    return database.number(sql);
  }

  void run(String sql) throws SQLException {
    database.run(sql);
  }

  BallotBox box() {
    return new BallotBox(database.dataSource("tally"));
  }

  long votesFor(String choice) throws SQLException {
    return number(
        "SELECT coalesce(sum(votes), 0) FROM tally.tally WHERE choice = '" + choice + "'");
  }

  long ballotsFor(String choice) throws SQLException {
    return number("SELECT count(*) FROM tally.ballot_box WHERE choice = '" + choice + "'");
  }

  static List<Fact> wake(TallyVotes tally) throws SQLException {
    Event wake = Event.first(new Wake("tally"), "test", Instant.now(), null);
    return tally.answer(List.of(wake)).getFirst() instanceof Answer.Emit emit
        ? emit.facts()
        : List.of();
  }
}
