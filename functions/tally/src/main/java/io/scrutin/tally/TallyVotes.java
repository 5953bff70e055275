package io.scrutin.tally;

import io.micronaut.function.FunctionBean;
import io.scrutin.ballot.BallotOpener;
import io.scrutin.contest.Contests;
import io.scrutin.event.Contest;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.TallyUpdated;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens;
import io.scrutin.step.Listens.By;
import io.scrutin.step.Step;
import io.scrutin.tally.CountBallots.Opened;
import jakarta.inject.Named;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** tally: a wake in, {@code results.tally.updated} out for each contest whose count moved. */
@FunctionBean("tally")
@Listens(as = "tally", to = EventType.VOTE_RECORDED, by = By.WAKE, batch = 5_000, pauseMillis = 50)
public final class TallyVotes implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(TallyVotes.class);

  /** Then it answers; what is left waits for the next wake or heartbeat. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

  private final Contests contests;
  private final HeldKeys keys;
  private final BallotBox box;
  private final RandomGenerator order;
  private final Clock clock;
  private final Set<String> keyless = ConcurrentHashMap.newKeySet();

  TallyVotes(
      @Named("tally") Contests contests,
      HeldKeys keys,
      BallotBox box,
      @Named("tally") RandomGenerator order,
      Clock clock) {
    this.contests = contests;
    this.keys = keys;
    this.box = box;
    this.order = order;
    this.clock = clock;
  }

  /** tally over a database of the caller's choice, as a process of its own would make it. */
  public static TallyVotes over(
      DataSource database,
      Path keysDir,
      RandomGenerator order,
      Clock clock,
      LongSupplier nanoTime) {
    return new TallyVotes(
        new Contests(database, new EventCodec(), clock, nanoTime),
        new HeldKeys(keysDir.resolve("ballot")),
        new BallotBox(database),
        order,
        clock);
  }

  @Override
  public String name() {
    return "tally";
  }

  @Override
  public List<Answer> answer(List<Event> wakes) throws SQLException {
    Instant deadline = clock.instant().plus(LONGEST_CALL);
    BallotOpener opener = keys.opener();
    List<Fact> updates = new ArrayList<>();
    for (Contest contest : contests.all()) {
      // Its envelopes wait for the tally that has the key.
      if (opener.opens(contest.ballotKey())) {
        OptionalLong counted = count(contest, opener, deadline);
        counted.ifPresent(ballots -> updates.add(new TallyUpdated(contest.lawId(), ballots)));
      } else if (keyless.add(contest.lawId())) {
        LOG.warn("no private half of contest {}'s ballot key is here", contest.lawId());
      }
    }
    // One call serves all its wakes: they say that there is work, not which.
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < wakes.size(); i++) {
      answers.add(i == 0 && !updates.isEmpty() ? new Answer.Emit(updates) : Answer.nothing());
    }
    return answers;
  }

  private OptionalLong count(Contest contest, BallotOpener opener, Instant deadline)
      throws SQLException {
    GroupSize size = CountBallots.groupSize(contest, box.isDrained(contest.lawId()));
    OptionalLong latest = OptionalLong.empty();
    do {
      OptionalLong counted =
          box.separate(
              contest.lawId(),
              contest.ballotKey().keyId(),
              size,
              group -> open(contest, group, opener));
      if (counted.isEmpty()) {
        return latest;
      }
      latest = counted;
    } while (clock.instant().isBefore(deadline));
    return latest;
  }

  private Count open(Contest contest, List<Envelope> group, BallotOpener opener) {
    List<Opened> opened =
        group.stream()
            .map(
                envelope ->
                    new Opened(
                        envelope.voteId(),
                        opener.open(envelope.lawId(), envelope.voteId(), envelope.sealed())))
            .toList();
    Count count = CountBallots.count(contest, opened, order);
    count
        .spoiled()
        .forEach(
            spoiled ->
                LOG.error(
                    "the envelope of vote {} holds no vote: {}",
                    spoiled.voteId(),
                    spoiled.reason()));
    return count;
  }
}
