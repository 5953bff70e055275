package io.scrutin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.ballot.BallotSealer;
import io.scrutin.ballot.CastMac;
import io.scrutin.dedup.DedupVotes;
import io.scrutin.event.Contest;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.redis.RedisLink;
import io.scrutin.step.Reply;
import io.scrutin.step.Step;
import io.scrutin.step.StepRunner;
import io.scrutin.store.StoreVotes;
import io.scrutin.verify.VerifyVotes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Postgres and Redis, real or simulated, and the steps over them. */
abstract class OnStores {
  /** What a test does. */
  interface Body {
    void run() throws Exception;
  }

  static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path keys;
  Election election;
  private BallotSealer sealer;

  @BeforeEach
  void makeKeys() throws Exception {
    election = Election.in(keys);
    sealer = new BallotSealer(election.ballotKey().toBallotKey(), CLOCK);
  }

  /** Where the servers' time passes. */
  abstract void with(Body body) throws Exception;

  abstract DataSource database(String function);

  abstract RedisLink redis();

  abstract String environment();

  abstract void open(Contest contest) throws Exception;

  abstract void putRoll(boolean complete, Tag... tags) throws Exception;

  abstract void index(Tag tag) throws Exception;

  abstract Map<String, Long> box() throws Exception;

  abstract Map<String, Long> tally() throws Exception;

  abstract long envelopes() throws Exception;

  abstract List<Integer> attempts() throws Exception;

  static Tag tag(int number) {
    byte[] bytes = new byte[Tag.LENGTH_BYTES];
    Arrays.fill(bytes, (byte) number);
    return Tag.of(bytes);
  }

  static VoteId vote(int number) {
    byte[] bytes = new byte[VoteId.LENGTH_BYTES];
    Arrays.fill(bytes, (byte) number);
    return VoteId.of(bytes);
  }

  SealedChoice sealed(int vote, String choice) {
    return sealer.seal(Election.LAW, vote(vote), choice);
  }

  VoteAccepted accepted(int voter, int vote, String choice) {
    return new VoteAccepted(vote(vote), Election.LAW, tag(voter), sealed(vote, choice));
  }

  Event cast(int voter, int vote) {
    SealedChoice sealed = sealed(vote, "oui");
    CastMac mac = new CastMac(election.macKey());
    VoteCast cast =
        new VoteCast(
            vote(vote),
            Election.LAW,
            tag(voter),
            sealed,
            mac.of(vote(vote), Election.LAW, tag(voter), sealed));
    Event event = Event.first(cast, "submit", CLOCK.instant(), null);
    return new Event(
        event.id(), event.source(), event.time(), null, null, CLOCK.instant(), event.fact());
  }

  static List<Fact> answers(Step step, List<? extends Fact> facts) {
    return answersTo(
        step, facts.stream().map(f -> Event.first(f, "test", CLOCK.instant(), null)).toList());
  }

  static List<Fact> answersTo(Step step, List<Event> events) {
    Reply reply = new StepRunner(step, CLOCK).run(events);
    assertThat(reply).isInstanceOf(Reply.Answers.class);
    return ((Reply.Answers) reply).events().stream().map(Event::fact).toList();
  }

  static List<EventType> types(List<Fact> facts) {
    return facts.stream().map(Fact::type).toList();
  }

  StoreVotes store() {
    return StoreVotes.over(database("store"));
  }

  DedupVotes dedup() {
    return DedupVotes.over(redis(), database("dedup"), environment());
  }

  VerifyVotes verify() {
    return VerifyVotes.over(
        redis(),
        database("verify"),
        environment(),
        new CastMac(election.macKey()),
        CLOCK,
        System::nanoTime);
  }

  Contest contest(int groupSize) {
    Contest simulated = election.contest(Duration.ofHours(1), groupSize);
    return new Contest(
        simulated.lawId(),
        simulated.title(),
        simulated.question(),
        simulated.choices(),
        CLOCK.instant().minusSeconds(60),
        CLOCK.instant().plusSeconds(3_600),
        simulated.policy(),
        simulated.tagScheme(),
        simulated.ballotKey());
  }

  static byte[][] bytes(byte[] one) {
    return new byte[][] {one};
  }
}
