package io.scrutin.verify;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micronaut.function.FunctionBean;
import io.scrutin.ballot.CastMac;
import io.scrutin.contest.Contests;
import io.scrutin.contest.RecordedVotes;
import io.scrutin.contest.RecordedVotes.Voter;
import io.scrutin.event.Contest;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteVerified;
import io.scrutin.redis.RedisLink;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens;
import io.scrutin.step.Step;
import io.scrutin.verify.Roll.Credential;
import jakarta.inject.Named;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** verify: {@code vote.cast} in, {@code vote.verified} or {@code vote.rejected} out. */
@FunctionBean("verify")
@Listens(as = "verify", to = EventType.VOTE_CAST, batch = 500)
public final class VerifyVotes implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(VerifyVotes.class);

  private final CastMac mac;
  private final Contests contests;
  private final Roll roll;
  private final RecordedVotes recordedVotes;
  private final VerifyMetrics metrics;

  /** Laws whose wrong roll was logged: each of its votes would say it again at every retry. */
  private final Set<String> toldOfWrongRoll = ConcurrentHashMap.newKeySet();

  VerifyVotes(
      @Named("verify") CastMac mac,
      @Named("verify") Contests contests,
      Roll roll,
      @Named("verify") RecordedVotes recordedVotes,
      VerifyMetrics metrics) {
    this.mac = mac;
    this.contests = contests;
    this.roll = roll;
    this.recordedVotes = recordedVotes;
    this.metrics = metrics;
  }

  /** verify over servers of the caller's choice, as a process of its own would make it. */
  public static VerifyVotes over(
      RedisLink redis,
      DataSource database,
      String environment,
      CastMac mac,
      Clock clock,
      LongSupplier nanoTime) {
    return new VerifyVotes(
        mac,
        new Contests(database, new EventCodec(), clock, nanoTime),
        new Roll(redis, database, environment),
        new RecordedVotes(database),
        new VerifyMetrics(new CompositeMeterRegistry(), clock));
  }

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public void getReady() throws SQLException {
    roll.getReady();
    contests.all();
  }

  @Override
  public List<Answer> answer(List<Event> batch) throws SQLException {
    Facts known = load(batch);
    return batch.stream().map(event -> judge(event, known)).toList();
  }

  /** All that the batch's decisions need, asked for once. */
  private record Facts(
      Set<VoteCast> genuine,
      Map<String, Optional<Contest>> contests,
      Map<Voter, VoteId> recorded,
      Map<Credential, RollEntry> roll) {
    boolean stands(VoteCast cast) {
      return cast.voteId().equals(recorded.get(voter(cast)));
    }
  }

  private Facts load(List<Event> batch) throws SQLException {
    Set<VoteCast> genuine = new LinkedHashSet<>();
    Map<String, Optional<Contest>> laws = new HashMap<>();
    Set<Credential> credentials = new LinkedHashSet<>();
    Set<Voter> late = new LinkedHashSet<>();
    for (Event event : batch) {
      VoteCast cast = (VoteCast) event.fact();
      if (mac.matches(cast)) {
        genuine.add(cast);
        credentials.add(new Credential(cast.lawId(), cast.tag()));
        if (!laws.containsKey(cast.lawId())) {
          laws.put(cast.lawId(), contests.find(cast.lawId()));
        }
        if (isLate(event, laws.get(cast.lawId()))) {
          late.add(voter(cast));
        }
      }
    }
    return new Facts(genuine, laws, recordedVotes.of(late), roll.lookUp(credentials));
  }

  private static boolean isLate(Event event, Optional<Contest> contest) {
    Instant stampedAt = event.stampedAt();
    return stampedAt != null
        && contest.filter(of -> !stampedAt.isBefore(of.closesAt())).isPresent();
  }

  private static Voter voter(VoteCast cast) {
    return new Voter(cast.lawId(), cast.tag());
  }

  private Answer judge(Event event, Facts known) {
    VoteCast cast = (VoteCast) event.fact();
    Verdict verdict =
        VerifyVote.decide(
            known.genuine().contains(cast),
            event.stampedAt(),
            known.contests().getOrDefault(cast.lawId(), Optional.empty()),
            () -> known.stands(cast),
            () -> known.roll().get(new Credential(cast.lawId(), cast.tag())));
    metrics.count(verdict, event.stampedAt());
    return switch (verdict) {
      case Verdict.Verified _ ->
          Answer.emit(new VoteVerified(cast.voteId(), cast.lawId(), cast.tag(), cast.sealed()));
      case Verdict.Rejected rejected ->
          Answer.emit(new VoteRejected(cast.voteId(), cast.lawId(), rejected.reason()));
      case Verdict.NotYet notYet -> new Answer.Retry(notYet.reason());
      case Verdict.WrongRoll wrong -> {
        if (toldOfWrongRoll.add(cast.lawId())) {
          LOG.error("{}: {}; its votes wait until that is put right", cast.lawId(), wrong.reason());
        }
        yield new Answer.Retry(wrong.reason());
      }
      case Verdict.Suspect suspect -> new Answer.Park(suspect.reason());
    };
  }
}
