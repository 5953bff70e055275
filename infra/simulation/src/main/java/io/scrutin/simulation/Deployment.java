package io.scrutin.simulation;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.scrutin.audit.AuditVotes;
import io.scrutin.ballot.CastMac;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.VoteReaders;
import io.scrutin.dedup.DedupVotes;
import io.scrutin.event.Event;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteCast;
import io.scrutin.simulation.SimulatedStream.Stored;
import io.scrutin.simulation.Tables.ContestRow;
import io.scrutin.step.Listens;
import io.scrutin.step.Step;
import io.scrutin.store.StoreVotes;
import io.scrutin.tally.TallyVotes;
import io.scrutin.trigger.BindingConfig;
import io.scrutin.verify.VerifyVotes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** The servers, the functions and the triggers of one simulated election. */
final class Deployment {
  private static final int ATTEMPTS = 3;

  /** Longer than any clock is wrong by here. */
  static final Duration CLOCKS_APART = Duration.ofSeconds(15);

  final SimulatedBroker broker;
  final SimulatedRedis redis;
  final SimulatedPostgres postgres;
  final Map<String, Fleet> fleets = new LinkedHashMap<>();
  final List<TriggerReplica> triggers = new ArrayList<>();
  final FrontDoor door;
  private final World world;
  private final Fates fates;
  private final Election election;
  private final int largestBatch;

  /**
   * Each binding's own: a message of what one step answered at once may be more than the next
   * takes.
   */
  private final Map<String, Integer> batches = new LinkedHashMap<>();

  Deployment(World world, Fates fates, Election election, Ledger ledger) {
    this.world = world;
    this.fates = fates;
    this.election = election;
    this.largestBatch = 1 + world.chance().nextInt(60);
    broker = new SimulatedBroker(world, fates, Election.ENVIRONMENT);
    redis = new SimulatedRedis(world, fates);
    postgres = new SimulatedPostgres(world, fates);
    CastMac mac = new CastMac(election.macKey());
    fleet(
        "verify",
        (process, clock) ->
            VerifyVotes.over(
                redis.link(),
                postgres.dataSource(process),
                Election.ENVIRONMENT,
                mac,
                clock,
                world::nanos),
        events -> isPoisoned(events, ledger));
    fleet(
        "dedup",
        (process, _) ->
            DedupVotes.over(redis.link(), postgres.dataSource(process), Election.ENVIRONMENT),
        _ -> false);
    fleet("store", (process, _) -> StoreVotes.over(postgres.dataSource(process)), _ -> false);
    fleet("tally", this::tally, _ -> false);
    fleet("audit", (process, _) -> AuditVotes.over(postgres.dataSource(process)), _ -> false);
    door = new FrontDoor(world, fates, broker, election);
  }

  private Step tally(SimulatedProcess process, World.MachineClock clock) {
    return TallyVotes.over(
        postgres.dataSource(process),
        election.keysDir(),
        world.chance().split(),
        clock,
        world::nanos);
  }

  private void fleet(String name, Fleet.StepMaker maker, Predicate<List<Event>> breaks) {
    fleets.put(name, new Fleet(world, fates, name, maker, breaks));
  }

  private static boolean isPoisoned(List<Event> events, Ledger ledger) {
    return events.stream()
        .anyMatch(event -> event.fact() instanceof VoteCast cast && ledger.breaks(cast.voteId()));
  }

  Fleet fleet(String name) {
    return Objects.requireNonNull(fleets.get(name), name);
  }

  List<Stored> stored(StreamName stream) {
    return broker.stream(stream.in(Election.ENVIRONMENT))
        .map(SimulatedStream::all)
        .orElseGet(List::of);
  }

  /** Contests' tables are not here; what it asks the broker is. */
  void noteDrained(BrokerLink contests) {
    ContestRow contest = postgres.tables().contests.committed().get(Election.LAW);
    if (contest == null || !world.instant().isAfter(contest.closesAt().plus(CLOCKS_APART))) {
      return;
    }
    Instant closesAt = contest.closesAt();
    if (contests.connection().filter(broker -> areAllRead(broker, closesAt)).isPresent()) {
      postgres.tables().drained.commit(Election.LAW, true);
    }
  }

  private boolean areAllRead(Connection connection, Instant closesAt) {
    try {
      return new VoteReaders(connection, Election.ENVIRONMENT, world::nanos, world::sleep)
          .behind(closesAt)
          .isEmpty();
    } catch (IOException | JetStreamApiException away) {
      return false;
    }
  }

  void addTrigger() {
    triggers.add(
        new TriggerReplica(world, broker, bindings(), binding -> fleet(binding.function()).call()));
  }

  /** As the steps themselves say, but for sizes; what is asked over core NATS is left out. */
  private List<BindingConfig> bindings() {
    List<BindingConfig> bindings = new ArrayList<>();
    for (Class<? extends Step> step :
        List.of(
            VerifyVotes.class,
            DedupVotes.class,
            StoreVotes.class,
            TallyVotes.class,
            AuditVotes.class)) {
      for (Listens listens : step.getAnnotationsByType(Listens.class)) {
        if (listens.by() != Listens.By.REQUEST && isOfVotes(listens)) {
          bindings.add(binding(listens));
        }
      }
    }
    return bindings;
  }

  /** No contest is announced over the simulated broker: all know it from Postgres. */
  private static boolean isOfVotes(Listens listens) {
    return !listens.as().equals("audit-opened") && !listens.as().equals("audit-closed");
  }

  private int batch(Listens listens) {
    return batches.computeIfAbsent(listens.as(), _ -> 1 + world.chance().nextInt(largestBatch));
  }

  private BindingConfig binding(Listens listens) {
    return new BindingConfig(
        listens.as(),
        listens.by(),
        listens.to().type(),
        listens.as().replaceFirst("-.*", ""),
        null,
        listens.by() == Listens.By.WAKE ? listens.batch() : batch(listens),
        listens.inFlight(),
        ATTEMPTS,
        Duration.ofMillis(listens.pauseMillis()),
        Duration.ofMillis(listens.afterSilenceMillis()));
  }
}
