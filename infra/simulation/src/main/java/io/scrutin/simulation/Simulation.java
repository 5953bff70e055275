package io.scrutin.simulation;

import io.scrutin.broker.BrokerLink;
import io.scrutin.credential.HmacTags;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Tag;
import io.scrutin.event.Wake;
import io.scrutin.simulation.Tables.ContestRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One seed: an election with its faults, healed, drained and checked. */
final class Simulation {
  /** What a seed came to. */
  record Result(long seed, String trace, int votes, Set<Fault> faults, int lostTail, int untold) {}

  static final int LEAST_VOTES = 200;
  static final int LEAST_FAULTS = 3;

  /** Beside those who vote, and at most so many do. */
  private static final int MOST_VOTERS = 180;

  private static final int STRANGERS = 8;
  private static final int MOST_FAULTS = 6;

  /** Before a process dies at a point that it passes. */
  private static final int MOST_PASSES = 4;

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /** Of those who come while poison is left. */
  private static final Duration STEP = Duration.ofSeconds(5);

  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(20);

  private final long seed;
  private final World world;
  private final Fates fates;
  private final Election election;
  private final Ledger ledger = new Ledger();
  private final Deployment deployment;
  private final Duration open;
  private final Duration span;
  private final int groupSize;
  private final Chance chance;
  private final Set<Fault> kinds;
  private int trickled;

  Simulation(long seed, Election election, Coverage coverage, List<CrashPoint> aims) {
    this.seed = seed;
    this.election = election;
    this.world = new World(seed);
    this.fates = new Fates(world, coverage);
    this.chance = world.chance().split();
    this.kinds = kinds();
    // What is closed early is closed a minute ahead.
    int shortest = kinds.contains(Fault.CLOSED_EARLY) ? 75 : 40;
    this.open = Duration.ofSeconds(shortest + chance.nextInt(30));
    this.span = open.plusSeconds(10);
    this.groupSize = 1 + chance.nextInt(20);
    this.deployment = new Deployment(world, fates, election, ledger);
    for (CrashPoint aim : aims) {
      fates.crashAt(aim, chance.nextInt(CrashPoints.isRare(aim) ? 2 : MOST_PASSES));
    }
  }

  Result run() {
    List<Tag> people = new ArrayList<>(election.tags());
    List<Tag> onRoll = people.subList(0, MOST_VOTERS);
    List<Tag> offRoll = people.subList(MOST_VOTERS, MOST_VOTERS + STRANGERS);
    Tag breaking = people.get(people.size() - 2);
    prepare();
    RollLoad roll = roll(onRoll, breaking);
    Voters all = new Voters(world, deployment, ledger, election, span);
    all.plan(onRoll, offRoll, LEAST_VOTES + chance.nextInt(20));
    Faults faults = new Faults(world, fates, deployment, roll, ledger, span);
    kinds.forEach(faults::plan);
    if (kinds.contains(Fault.POISON)) {
      all.plantBreaking(breaking);
    }
    beat();
    long end = span.plusSeconds(20).toNanos();
    world.run(() -> world.nanos() >= end);
    try {
      return settle(all, faults, roll, people.getLast());
    } catch (Breach breach) {
      throw new Breach(String.valueOf(breach.getMessage()), "under " + kinds);
    } finally {
      world.end();
    }
  }

  private Result settle(Voters all, Faults faults, RollLoad roll, Tag stranger) {
    heal();
    roll.finish();
    Checks checks = new Checks(world, deployment, ledger, faults);
    drain(all, checks, stranger);
    checks.all();
    // A tail may take what followed from a vote that verify has read (ADR 26).
    if (!kinds.contains(Fault.BROKER_TAIL_LOST)) {
      checks.groups(groupSize);
    }
    return new Result(
        seed, world.trace().toString(), all.sent(), kinds, checks.lostTail(), checks.untold());
  }

  private RollLoad roll(List<Tag> onRoll, Tag breaking) {
    List<Tag> voters = new ArrayList<>(onRoll);
    voters.add(breaking);
    RollLoad roll = new RollLoad(deployment, HmacTags.NAME, voters, chance.split());
    if (!kinds.contains(Fault.ROLL_LOADED_LATE)) {
      roll.finish();
    }
    return roll;
  }

  private void prepare() {
    Tables tables = deployment.postgres.tables();
    var contest = election.contest(open, groupSize);
    tables.contests.commit(
        Election.LAW,
        new ContestRow(Election.LAW, new EventCodec().contestJson(contest), contest.closesAt()));
    for (int replicas = 1 + chance.nextInt(2); replicas > 0; replicas--) {
      deployment.addTrigger();
    }
    deployment.fleets.values().forEach(fleet -> fleet.scaleTo(1 + chance.nextInt(3)));
  }

  private Set<Fault> kinds() {
    List<Fault> all = Arrays.asList(Fault.values());
    Set<Fault> kinds = EnumSet.noneOf(Fault.class);
    int count = LEAST_FAULTS + chance.nextInt(MOST_FAULTS - LEAST_FAULTS + 1);
    while (kinds.size() < count) {
      kinds.add(all.get(chance.nextInt(all.size())));
    }
    return kinds;
  }

  /**
   * What cron jobs do: tally looks by itself for what is left, and contests whether that is all.
   */
  private void beat() {
    SimulatedProcess cron = world.process("cron");
    cron.start(
        "beat",
        () -> {
          BrokerLink contests =
              BrokerLink.open(
                  "nats://simulated",
                  "contests",
                  options -> deployment.broker.connect(cron, options));
          while (true) {
            world.sleep(HEARTBEAT);
            deployment.noteDrained(contests);
            Event wake = Event.first(new Wake("tally-heartbeat"), "cron", world.instant(), null);
            try {
              deployment.fleet("tally").call().call(List.of(wake));
            } catch (InterruptedException stopping) {
              return;
            }
          }
        });
  }

  private void heal() {
    fates.heal();
    deployment.redis.comeBack();
    deployment.postgres.start();
    deployment.postgres.rollingBack(0);
    deployment.broker.streams().forEach(SimulatedStream::makeRoom);
    if (!deployment.broker.isUp()) {
      deployment.broker.start();
    }
  }

  private void drain(Voters voters, Checks checks, Tag stranger) {
    long from = world.nanos();
    boolean inStep = chance.nextBoolean();
    while (!checks.isDrained()) {
      if (world.nanos() - from > LONGEST_DRAIN.toNanos()) {
        throw new Breach("drained", checks.leftovers());
      }
      if (checks.waitsForOthers()) {
        voters.trickle(stranger, trickled++);
      }
      // In step, two triggers might share out poison and those that pass, one to each, for ever.
      long step = inStep ? STEP.toNanos() : chance.nextLong(STEP.multipliedBy(2).toNanos());
      long until = world.nanos() + step;
      world.run(() -> world.nanos() >= until);
    }
  }
}
