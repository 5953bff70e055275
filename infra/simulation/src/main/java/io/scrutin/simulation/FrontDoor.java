package io.scrutin.simulation;

import io.scrutin.ballot.BallotSealer;
import io.scrutin.ballot.CastMac;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.simulation.Fates.Phase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that takes votes in, started anew whenever it crashed: a vote is sealed, signed and
 * published, and answered with a 202 once the broker says that it has it.
 */
final class FrontDoor {
  private static final Duration RESTART = Duration.ofSeconds(2);
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);

  private final World world;
  private final Fates fates;
  private final SimulatedBroker broker;
  private final Election election;
  private final CastMac mac;
  private World.MachineClock clock;
  private BallotSealer sealer;
  private SimulatedProcess process;
  private @Nullable EventPublisher publisher;

  FrontDoor(World world, Fates fates, SimulatedBroker broker, Election election) {
    this.world = world;
    this.fates = fates;
    this.broker = broker;
    this.election = election;
    this.mac = new CastMac(election.macKey());
    this.clock = world.new MachineClock();
    this.sealer = new BallotSealer(election.ballotKey().toBallotKey(), clock);
    this.process = world.process("submit");
    begin();
  }

  private void begin() {
    process.whenGone(
        () -> {
          publisher = null;
          world.after(RESTART, this::restart);
        });
    process.start(
        "submit-start",
        () -> {
          BrokerLink link =
              BrokerLink.open(
                  "nats://simulated", "submit", options -> broker.connect(process, options));
          publisher = new EventPublisher(link, Election.ENVIRONMENT, new EventCodec());
        });
  }

  private void restart() {
    process = world.process("submit");
    clock = world.new MachineClock();
    sealer = new BallotSealer(election.ballotKey().toBallotKey(), clock);
    begin();
  }

  void stepClock(Duration by) {
    clock.step(by);
  }

  void crash() {
    process.crash();
  }

  /** As somebody would make it who can reach the broker but has no key. */
  Event forged(Chance chance) {
    byte[] id = new byte[VoteId.LENGTH_BYTES];
    chance.nextBytes(id);
    Ledger.Sent vote =
        new Ledger.Sent(VoteId.of(id), election.tags().getFirst(), Election.CHOICES.get(0), true);
    VoteCast genuine = (VoteCast) cast(vote).fact();
    byte[] noMac = new byte[genuine.mac().length()];
    VoteCast forged =
        new VoteCast(
            genuine.voteId(), genuine.lawId(), genuine.tag(), genuine.sealed(), Bytes.of(noMac));
    return Event.first(forged, "submit", clock.instant(), null);
  }

  private Event cast(Ledger.Sent vote) {
    SealedChoice sealed = sealer.seal(Election.LAW, vote.voteId, vote.choice);
    VoteCast cast =
        new VoteCast(
            vote.voteId,
            Election.LAW,
            vote.tag,
            sealed,
            mac.of(vote.voteId, Election.LAW, vote.tag, sealed));
    return Event.first(cast, "submit", clock.instant(), null);
  }

  /**
   * Sends a vote once.
   *
   * @param told whether a 202 was heard
   */
  void send(Ledger.Sent vote, Consumer<Boolean> told) {
    vote.times++;
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    World.Timer patience = world.after(CLIENT_TIMEOUT, () -> answer.complete(false));
    var _ =
        answer.thenAccept(
            accepted -> {
              patience.cancel();
              told.accept(accepted);
            });
    world.after(
        fates.latency(),
        () -> {
          EventPublisher through = publisher;
          if (through != null) {
            process.start("submit", () -> take(vote, through, answer));
          }
        });
  }

  private void take(Ledger.Sent vote, EventPublisher through, CompletableFuture<Boolean> answer) {
    boolean accepted = isPublished(through, cast(vote));
    if (accepted) {
      // From here on it is promised, whether or not the voter hears of it.
      vote.accepted++;
    }
    fates.pass(process, Places.of("answer"), Phase.BEFORE);
    boolean heard = fates.passage() == Fates.Passage.WHOLE;
    world.after(fates.latency(), () -> answer.complete(accepted && heard));
    fates.pass(process, Places.of("answer"), Phase.AFTER);
  }

  private static boolean isPublished(EventPublisher through, Event cast) {
    try {
      through.publish(cast).get();
      return true;
    } catch (ExecutionException refused) {
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
