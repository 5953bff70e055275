package io.scrutin.reconcile;

import static io.scrutin.reconcile.Samples.tag;
import static io.scrutin.reconcile.Samples.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteVerified;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams, durables and Redis's index, corrupted in turn and put right again. */
final class CorruptedBrokerTest {
  @TempDir static Path dir;
  private static Election election;

  @BeforeAll
  static void voted() throws Exception {
    election = new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600)).voted();
  }

  @AfterAll
  static void closed() {
    election.close();
  }

  @AfterEach
  void balancesAgain() {
    Reconciled again = Reconciled.run(election.environment());
    assertThat(again.text()).contains("The books balance.");
    assertThat(again.code()).isZero();
  }

  private static void finds(String... lines) {
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.code()).isEqualTo(1);
    for (String line : lines) {
      assertThat(reconciled.text()).containsPattern(line);
    }
  }

  /** Of a stranger, so that it can be answered with a refusal in the end. */
  private static VoteCast cast(VoteId vote) {
    return Samples.castOf(44, vote);
  }

  /** A cast is not taken back: deleting it would be found. */
  private static void answer(VoteId vote) throws SQLException {
    election.tables.note(vote, 1, null);
    election.tables.note(vote, 4, "unknown_credential");
  }

  @Test
  void findsACastThatWasNeverAnswered() throws Exception {
    election.streams.publish(cast(vote(60)));
    election.streams.drain();
    finds(
        vote(60) + "  was cast, and is neither answered nor on its way",
        vote(60) + "  was cast, and audit's trail does not know it");
    answer(vote(60));
  }

  @Test
  void callsACastThatVerifyHasNotAckedPending() throws Exception {
    election.streams.publish(cast(vote(61)));
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.text()).contains("1 pending, 0 parked, 0 lost");
    assertThat(reconciled.code()).isZero();
    election.streams.drain();
    answer(vote(61));
  }

  @Test
  void findsAVoteThatGotLostBehindVerify() throws Exception {
    election.streams.publish(cast(vote(62)));
    election.streams.drain();
    long verified =
        election
            .streams
            .publish(new VoteVerified(vote(63), Samples.LAW, tag(14), Samples.sealed()))
            .getSeqno();
    finds(vote(62) + "  was cast, and is neither answered nor on its way");
    election.streams.drain();
    answer(vote(62));
    election.streams.delete(EventType.VOTE_VERIFIED, verified);
  }

  @Test
  void findsMoreVotesWaitingThanMessagesAreOnTheirWay() throws Exception {
    // The floor stays at the first, which is not acked, and the second is lost behind it.
    election.streams.publish(cast(vote(64)));
    election.streams.publish(cast(vote(65)));
    List<Message> held = election.streams.fetch("verify");
    held.getLast().ack();
    finds(vote(65) + "  has no answer, and the broker has fewer messages on their way");
    held.getFirst().ack();
    election.streams.drain();
    answer(vote(64));
    answer(vote(65));
  }

  private static EventParked parked(@Nullable VoteId vote, long sequence) {
    return new EventParked(
        "verify",
        election.streams.stream(EventType.VOTE_CAST),
        sequence,
        EventType.VOTE_CAST.subject(election.streams.nats.name()),
        Instant.now(),
        "not from submit",
        vote,
        vote == null ? null : Samples.LAW,
        null);
  }

  @Test
  void findsAVoteThatIsParked() throws Exception {
    long cast = election.streams.publish(cast(vote(66))).getSeqno();
    long parked = election.streams.publish(parked(vote(66), cast)).getSeqno();
    election.streams.drain();
    election.tables.sql(
        "INSERT INTO audit.vote_audit VALUES (" + Samples.id(66) + ", 1, 'C-12', now(), NULL)");
    election.tables.sql("UPDATE audit.turnout SET count = count + 1 WHERE step = 1");
    finds(vote(66) + "  is parked, and waits for a person", "0 pending, 1 parked, 0 lost");
    answer(vote(66));
    election.streams.delete(EventType.EVENT_PARKED, parked);
  }

  @Test
  void findsAParkedMessageThatNamesNoVote() throws Exception {
    long parked = election.streams.publish(parked(null, 4711)).getSeqno();
    election.streams.drain();
    finds("VOTES 4711  is a parked message that names no vote|CASTS 4711  is a parked message");
    election.streams.delete(EventType.EVENT_PARKED, parked);
  }

  @Test
  void findsADurableThatIsNotThere() throws Exception {
    election
        .streams
        .nats
        .connection()
        .jetStreamManagement()
        .deleteConsumer(election.streams.stream(EventType.VOTE_ACCEPTED), "store");
    finds("store  the broker has no durable of this name: nothing carries its events");
    election.streams.listen("store");
    election.streams.drain();
  }

  @Test
  void findsAStrangerLetIntoRedis() {
    String bucket = election.bucket(3);
    election.redis.sadd(bucket, "4711");
    finds("bucket .* member .* is in Redis's index, and not on the roll: it lets a stranger in");
    election.redis.srem(bucket, "4711");
  }

  @Test
  void findsAVoterMissingInAWholeBucket() {
    String bucket = election.bucket(3);
    String member = Long.toString(RollBuckets.prefix(tag(3)));
    election.redis.srem(bucket, member);
    finds(
        "bucket .* member .* is on the roll, and not in Redis's bucket, which calls itself whole");
    election.redis.sadd(bucket, member);
  }

  @Test
  void doesNotMindABucketThatWasNeverLoaded() {
    String bucket = election.bucket(3);
    String sentinel = Long.toString(RollBuckets.SENTINEL);
    election.redis.srem(bucket, sentinel);
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.text())
        .contains("note: 1 voters are in buckets that are not loaded into Redis");
    assertThat(reconciled.code()).isZero();
    election.redis.sadd(bucket, sentinel);
  }
}
