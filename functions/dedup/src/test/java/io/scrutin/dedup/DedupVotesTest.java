package io.scrutin.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.contest.RecordedVotes;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.Fact;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteVerified;
import io.scrutin.redis.RedisLink;
import io.scrutin.servers.RedisServer;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DedupVotesTest {
  private static final String LAW = "law-1";

  private TestDatabase database;
  private RedisLink redis;
  private DedupVotes dedup;

  @BeforeEach
  void start() {
    database = TestPostgres.freshDatabase();
    redis = new RedisLink(TestRedis.url());
    dedup = dedup(redis, TestRedis.freshPrefix());
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  private DedupVotes dedup(RedisLink link, String environment) {
    return new DedupVotes(
        new Claims(link, environment), new RecordedVotes(database.dataSource("dedup")));
  }

  private static byte[] filled(int length, int number) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) number);
    return bytes;
  }

  private static VoteVerified vote(int voter, int vote) {
    return new VoteVerified(
        VoteId.of(filled(16, vote)),
        LAW,
        Tag.of(filled(32, voter)),
        new SealedChoice(1, "key-1", Bytes.of(new byte[] {1})));
  }

  private List<Class<? extends Fact>> outcomes(DedupVotes by, VoteVerified... votes) {
    return by
        .answer(
            Stream.of(votes).map(vote -> Event.first(vote, "test", Instant.now(), null)).toList())
        .stream()
        .<Class<? extends Fact>>map(answer -> ((Answer.Emit) answer).facts().getFirst().getClass())
        .toList();
  }

  private void record(VoteVerified vote) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO store.participation (law_id, tag, vote_id) VALUES (?, ?, ?)")) {
      insert.setString(1, vote.lawId());
      insert.setBytes(2, vote.tag().bytes().toArray());
      insert.setBytes(3, vote.voteId().bytes().toArray());
      insert.executeUpdate();
    }
  }

  @Test
  void acceptsTheFirstVoteAndItsReplay() {
    assertThat(outcomes(dedup, vote(1, 10))).containsExactly(VoteAccepted.class);
    assertThat(outcomes(dedup, vote(1, 10))).containsExactly(VoteAccepted.class);
  }

  @Test
  void gettingReadyNeedsNoRedis() {
    dedup.getReady();
    assertThat(outcomes(dedup, vote(1, 10))).containsExactly(VoteAccepted.class);
    RedisServer server = TestRedis.own();
    try (RedisLink link = new RedisLink(server.url())) {
      server.kill();
      DedupVotes alone = dedup(link, "outage");
      alone.getReady();
      assertThat(outcomes(alone, vote(1, 10))).containsExactly(VoteAccepted.class);
    } finally {
      server.close();
    }
  }

  @Test
  void leavesToStoreASecondVoteWhileTheFirstIsNotRecorded() {
    assertThat(outcomes(dedup, vote(1, 10), vote(1, 11)))
        .containsExactly(VoteAccepted.class, VoteAccepted.class);
  }

  @Test
  void findsTheDuplicateOfARecordedVote() throws SQLException {
    outcomes(dedup, vote(1, 10));
    record(vote(1, 10));
    assertThat(outcomes(dedup, vote(1, 11), vote(2, 20)))
        .containsExactly(VoteDuplicated.class, VoteAccepted.class);
  }

  @Test
  void acceptsTheRecordedVoteItselfWhenAnotherHoldsTheClaim() throws SQLException {
    outcomes(dedup, vote(1, 10));
    record(vote(1, 11));
    assertThat(outcomes(dedup, vote(1, 11))).containsExactly(VoteAccepted.class);
  }

  @Test
  void acceptsEverythingWhileRedisIsAwayAndClaimsAgainAfter() {
    RedisServer server = TestRedis.own();
    try (RedisLink link = new RedisLink(server.url())) {
      DedupVotes alone = dedup(link, "outage");
      assertThat(outcomes(alone, vote(1, 10))).containsExactly(VoteAccepted.class);
      server.kill();
      assertThat(outcomes(alone, vote(1, 11), vote(2, 20)))
          .containsExactly(VoteAccepted.class, VoteAccepted.class);
      server.restart();
      Claims claims = new Claims(link, "outage");
      Await.until(
          () -> claims.claim(List.of(vote(3, 30))).getFirst() != Claim.UNKNOWN,
          "Redis takes claims again");
    } finally {
      server.close();
    }
  }
}
