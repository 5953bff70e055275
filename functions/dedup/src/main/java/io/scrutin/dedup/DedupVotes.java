package io.scrutin.dedup;

import io.micronaut.function.FunctionBean;
import io.scrutin.contest.RecordedVotes;
import io.scrutin.contest.RecordedVotes.Voter;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteVerified;
import io.scrutin.redis.RedisLink;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens;
import io.scrutin.step.Step;
import jakarta.inject.Named;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** dedup: {@code vote.verified} in, {@code vote.accepted} or {@code vote.duplicated} out. */
@FunctionBean("dedup")
@Listens(as = "dedup", to = EventType.VOTE_VERIFIED, batch = 500)
public final class DedupVotes implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(DedupVotes.class);

  private final Claims claims;
  private final RecordedVotes recordedVotes;

  DedupVotes(Claims claims, @Named("dedup") RecordedVotes recordedVotes) {
    this.claims = claims;
    this.recordedVotes = recordedVotes;
  }

  /** dedup over servers of the caller's choice, as a process of its own would make it. */
  public static DedupVotes over(RedisLink redis, DataSource database, String environment) {
    return new DedupVotes(new Claims(redis, environment), new RecordedVotes(database));
  }

  @Override
  public String name() {
    return "dedup";
  }

  /** Postgres is asked about contested votes only, which the first one seldom is. */
  @Override
  public void getReady() {
    claims.getReady();
  }

  @Override
  public List<Answer> answer(List<Event> batch) {
    List<VoteVerified> votes = batch.stream().map(event -> (VoteVerified) event.fact()).toList();
    List<Claim> claimed = claims.claim(votes);
    List<Voter> contested = new ArrayList<>();
    for (int i = 0; i < votes.size(); i++) {
      if (claimed.get(i) == Claim.OTHER) {
        contested.add(voter(votes.get(i)));
      }
    }
    Map<Voter, VoteId> recorded = recorded(contested);
    List<Answer> answers = new ArrayList<>(votes.size());
    for (int i = 0; i < votes.size(); i++) {
      VoteVerified vote = votes.get(i);
      Optional<VoteId> standing = Optional.ofNullable(recorded.get(voter(vote)));
      answers.add(
          switch (FindDuplicate.decide(vote.voteId(), claimed.get(i), standing)) {
            case ACCEPTED ->
                Answer.emit(
                    new VoteAccepted(vote.voteId(), vote.lawId(), vote.tag(), vote.sealed()));
            case DUPLICATED ->
                Answer.emit(new VoteDuplicated(vote.voteId(), vote.lawId(), vote.tag()));
          });
    }
    return answers;
  }

  private static Voter voter(VoteVerified vote) {
    return new Voter(vote.lawId(), vote.tag());
  }

  /** With Postgres away nothing is known to be recorded, and store, which waits for it, decides. */
  private Map<Voter, VoteId> recorded(List<Voter> contested) {
    try {
      return recordedVotes.of(contested);
    } catch (SQLException away) {
      LOG.warn(
          "Postgres did not answer, leaving {} votes to store: {}",
          contested.size(),
          away.toString());
      return Map.of();
    }
  }
}
