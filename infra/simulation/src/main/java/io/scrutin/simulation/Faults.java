package io.scrutin.simulation;

import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.simulation.SimulatedStream.Stored;
import io.scrutin.simulation.Tables.ContestRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets the faults of a seed happen, at moments of its choosing while votes are under way. */
final class Faults {
  private static final int LONGEST_AWAY_MILLIS = 15_000;
  private static final int POISONS = 4;

  private final World world;
  private final Fates fates;
  private final Deployment deployment;
  private final Ledger ledger;
  private final Chance chance;
  private final Duration span;
  private final RollLoad roll;

  /** What was acked and then lost with a broker's tail. */
  private final List<Stored> lost = new ArrayList<>();

  Faults(
      World world,
      Fates fates,
      Deployment deployment,
      RollLoad roll,
      Ledger ledger,
      Duration span) {
    this.world = world;
    this.fates = fates;
    this.deployment = deployment;
    this.roll = roll;
    this.ledger = ledger;
    this.span = span;
    this.chance = world.chance().split();
  }

  List<Stored> lost() {
    return lost;
  }

  private void sometime(Runnable action) {
    world.after(Duration.ofMillis(chance.nextLong(span.toMillis())), action);
  }

  private Duration aWhile() {
    return Duration.ofMillis(1 + chance.nextInt(LONGEST_AWAY_MILLIS));
  }

  void plan(Fault fault) {
    switch (fault) {
      case LOSSES -> fates.losing(0.005 + chance.nextDouble() * 0.03);
      case SLOW_CALLS -> fates.slow(0.002 + chance.nextDouble() * 0.01);
      case REDIS_AWAY -> sometime(this::redisAway);
      case REDIS_FLUSHED -> sometime(deployment.redis::flush);
      case REDIS_STALE -> sometime(this::redisStale);
      case POSTGRES_RESTARTED -> sometime(this::restartPostgres);
      case TRANSACTIONS_ROLLED_BACK ->
          deployment.postgres.rollingBack(0.01 + chance.nextDouble() * 0.05);
      case BROKER_RESTARTED -> sometime(() -> restartBroker(false));
      case BROKER_TAIL_LOST -> sometime(() -> restartBroker(true));
      case STREAM_FULL -> sometime(this::fillStream);
      case CONNECTIONS_RESET -> sometime(deployment.broker::resetConnections);
      case CLOCKS_STEPPED -> sometime(this::stepClocks);
      case REPLICAS_SCALED -> scale();
      case PROCESSES_KILLED -> kill();
      case TRIGGER_REDEPLOYED ->
          deployment.triggers.forEach(trigger -> sometime(trigger::restartGracefully));
      case POISON -> poison();
      case ROLL_LOADED_LATE -> loadLate();
      case CLOSED_EARLY -> sometime(this::closeEarly);
    }
  }

  private void redisAway() {
    deployment.redis.go();
    world.after(aWhile(), deployment.redis::comeBack);
  }

  private void redisStale() {
    Runnable restore = deployment.redis.snapshot();
    world.after(aWhile(), restore);
  }

  private void restartPostgres() {
    deployment.postgres.stop();
    world.after(aWhile(), deployment.postgres::start);
  }

  private void restartBroker(boolean powerLost) {
    if (!deployment.broker.isUp()) {
      return;
    }
    deployment.broker.stop();
    if (powerLost) {
      loseTails();
    }
    world.after(aWhile(), deployment.broker::start);
  }

  /** Each stream was flushed at a moment of its own, at most a sync interval ago. */
  private void loseTails() {
    Map<String, Instant> flushed = new LinkedHashMap<>();
    long interval = TriggerReplica.CONFIG.syncInterval().toMillis();
    for (SimulatedStream stream : deployment.broker.streams()) {
      flushed.put(stream.name(), world.instant().minusMillis(chance.nextLong(interval)));
    }
    lost.addAll(deployment.broker.loseTails(flushed));
  }

  private void fillStream() {
    for (StreamName name : List.of(StreamName.CASTS, StreamName.VOTES)) {
      deployment.broker.stream(name.in(Election.ENVIRONMENT))
          .ifPresent(
              stream -> {
                stream.leaveRoomFor(chance.nextInt(20));
                world.after(aWhile(), stream::makeRoom);
              });
    }
  }

  private void stepClocks() {
    deployment.door.stepClock(Duration.ofMillis(chance.nextInt(-10_000, 10_000)));
    deployment.fleets.values().forEach(fleet -> fleet.stepClocks(chance));
  }

  private void scale() {
    for (Fleet fleet : deployment.fleets.values()) {
      sometime(() -> fleet.scaleTo(1 + chance.nextInt(4)));
      sometime(fleet::fallAsleep);
      sometime(fleet::fallAsleep);
    }
  }

  private void kill() {
    deployment.fleets.values().forEach(fleet -> sometime(fleet::crashOne));
    sometime(deployment.triggers.getFirst()::crash);
    sometime(deployment.door::crash);
  }

  /** What nobody but submit may publish, straight on its subject. */
  private void poison() {
    for (int i = 0; i < POISONS; i++) {
      byte[] unreadable = ("{\"poison\":" + i + "}").getBytes(StandardCharsets.US_ASCII);
      sometime(() -> publish(unreadable));
    }
    sometime(
        () -> {
          byte[] forged = new EventCodec().encode(deployment.door.forged(chance));
          publish(forged);
        });
  }

  private void publish(byte[] body) {
    ledger.poison(body);
    deployment.broker.inject(EventType.VOTE_CAST.subject(Election.ENVIRONMENT), body);
  }

  private void loadLate() {
    for (int shard = 0; shard < RollLoad.SHARDS; shard++) {
      sometime(roll::nextShard);
    }
  }

  /** The margin of 60 s is what makes it known in time. */
  private void closeEarly() {
    var contests = deployment.postgres.tables().contests;
    ContestRow row = contests.committed().get(Election.LAW);
    Instant earlier = world.instant().plusSeconds(60);
    if (row != null && earlier.isBefore(row.closesAt())) {
      contests.commit(Election.LAW, new ContestRow(row.lawId(), row.definition(), earlier));
    }
  }
}
