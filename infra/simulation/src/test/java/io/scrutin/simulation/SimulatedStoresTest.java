package io.scrutin.simulation;

import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Contest;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Tag;
import io.scrutin.redis.RedisLink;
import io.scrutin.simulation.Tables.AttemptRow;
import io.scrutin.simulation.Tables.BallotRow;
import io.scrutin.simulation.Tables.ContestRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

final class SimulatedStoresTest extends StorePromises {
  private final World world = new World(1);
  private final Fates fates = new Fates(world, new Coverage());
  private final SimulatedRedis redis = new SimulatedRedis(world, fates);
  private final SimulatedPostgres postgres = new SimulatedPostgres(world, fates);
  private final SimulatedProcess process = world.process("test");

  @Override
  void with(Body body) {
    Throwable[] failure = new Throwable[1];
    boolean[] over = {false};
    process.start(
        "test",
        () -> {
          try {
            body.run();
          } catch (Throwable thrown) {
            failure[0] = thrown;
          }
          over[0] = true;
        });
    world.run(() -> over[0]);
    if (failure[0] != null) {
      throw new AssertionError(failure[0]);
    }
  }

  @Override
  DataSource database(String function) {
    return postgres.dataSource(process);
  }

  @Override
  RedisLink redis() {
    return redis.link();
  }

  @Override
  String environment() {
    return Election.ENVIRONMENT;
  }

  @Override
  void open(Contest contest) {
    postgres
        .tables()
        .contests
        .commit(
            contest.lawId(),
            new ContestRow(
                contest.lawId(), new EventCodec().contestJson(contest), contest.closesAt()));
  }

  @Override
  void putRoll(boolean complete, Tag... tags) {
    if (complete) {
      postgres.tables().completeRolls.commit(Election.LAW, "hmac-sha256");
    }
    for (Tag tag : tags) {
      postgres.tables().voters.commit(Tables.key(Election.LAW, tag.bytes().toArray()), true);
    }
  }

  @Override
  void index(Tag tag) {
    String key =
        RollBuckets.key(
            Election.ENVIRONMENT, "valid_hashes", Election.LAW, RollBuckets.bucket(tag));
    redis.add(key, RollBuckets.SENTINEL);
    redis.add(key, RollBuckets.prefix(tag));
  }

  @Override
  Map<String, Long> box() {
    return postgres.tables().box.committed().values().stream()
        .collect(Collectors.groupingBy(BallotRow::choice, Collectors.counting()));
  }

  @Override
  Map<String, Long> tally() {
    Map<String, Long> counts = new TreeMap<>();
    postgres
        .tables()
        .tally
        .committed()
        .forEach((key, votes) -> counts.put(key.substring(key.indexOf('|') + 1), votes));
    return counts;
  }

  @Override
  long envelopes() {
    return postgres.tables().envelopes.committed().size();
  }

  @Override
  List<Integer> attempts() {
    return postgres.tables().attempts.committed().values().stream()
        .map(AttemptRow::attempt)
        .sorted()
        .toList();
  }
}
