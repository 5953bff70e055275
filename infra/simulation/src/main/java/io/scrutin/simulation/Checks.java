package io.scrutin.simulation;

import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.simulation.Tables.BallotRow;
import io.scrutin.simulation.Tables.TrailRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The failure criteria of docs/verification.md, asked of what a healed and drained seed left. */
final class Checks {
  /** As audit numbers them. */
  private static final int RECORDED = 2;

  private static final int DUPLICATED = 3;
  private static final int REJECTED = 4;
  private static final int PARKED = 5;

  private static final Duration QUIET = Duration.ofSeconds(15);

  private final World world;
  private final Deployment deployment;
  private final Tables tables;
  private final Ledger ledger;
  private final Faults faults;
  private int lostTail;
  private int untold;

  Checks(World world, Deployment deployment, Ledger ledger, Faults faults) {
    this.world = world;
    this.deployment = deployment;
    this.tables = deployment.postgres.tables();
    this.ledger = ledger;
    this.faults = faults;
  }

  int lostTail() {
    return lostTail;
  }

  /** Recorded votes of which audit cannot know, since both events about them were lost. */
  int untold() {
    return untold;
  }

  boolean isDrained() {
    return tables.drained.committed().containsKey(Election.LAW)
        && world.nanos() - ledger.lastSentNanos() > QUIET.toNanos()
        && tables.envelopes.committed().isEmpty()
        && leftovers().isEmpty();
  }

  /** What durables still wait for. */
  String leftovers() {
    List<String> left = new ArrayList<>();
    for (SimulatedStream stream : deployment.broker.streams()) {
      for (SimulatedDurable durable : stream.durables().values()) {
        if (durable.pending() + durable.outstanding() > 0) {
          left.add(
              "%s: %d to come, %d out"
                  .formatted(durable.name(), durable.pending(), durable.outstanding()));
        }
      }
    }
    if (!tables.envelopes.committed().isEmpty()) {
      left.add(tables.envelopes.committed().size() + " envelopes");
    }
    return String.join("; ", left);
  }

  /** An event that breaks its function is given up once others get through after it. */
  boolean waitsForOthers() {
    return deployment.broker.stream(StreamName.CASTS.in(Election.ENVIRONMENT))
        .map(stream -> stream.durables().get("verify"))
        .filter(durable -> durable.outstanding() > 0)
        .isPresent();
  }

  private Instant closesAt() {
    return Objects.requireNonNull(tables.contests.committed().get(Election.LAW)).closesAt();
  }

  void all() {
    Map<VoteId, List<Instant>> kept = casts(deployment.stored(StreamName.CASTS));
    Map<VoteId, List<Instant>> ever = casts(faults.lost());
    kept.forEach(
        (vote, stamps) -> ever.computeIfAbsent(vote, _ -> new ArrayList<>()).addAll(stamps));
    Map<VoteId, List<Instant>> lost = casts(faults.lost());
    for (Ledger.Sent vote : ledger.votes()) {
      if (isRecorded(vote) && trail(vote, RECORDED) == null && lost.containsKey(vote.voteId)) {
        // Postgres kept it; cast and outcome went with the tails before audit read of them.
        untold++;
      } else if (kept.containsKey(vote.voteId)) {
        checkOutcome(vote, ever.getOrDefault(vote.voteId, List.of()));
      } else if (vote.accepted > 0 && !ever.containsKey(vote.voteId)) {
        throw new Breach("lost", vote.voteId + " was accepted and is in no stream");
      } else if (vote.accepted > 0 && !isRecorded(vote)) {
        lostTail++;
      }
    }
    new BallotChecks(tables, ledger, closesAt(), kept, ever).all();
    new BookChecks(
            tables,
            ledger,
            deployment.stored(StreamName.PARKED),
            deployment.stored(StreamName.CASTS))
        .all();
  }

  /** What is left at the end may be fewer than a group, once. */
  void groups(int groupSize) {
    List<Long> small =
        tables.box.committed().values().stream()
            .collect(Collectors.groupingBy(BallotRow::by, Collectors.counting()))
            .values()
            .stream()
            .filter(size -> size < groupSize)
            .toList();
    if (small.size() > 1) {
      throw new Breach(
          "groups", small + " ballots were opened together, and a group is " + groupSize);
    }
  }

  private static Map<VoteId, List<Instant>> casts(List<SimulatedStream.Stored> stored) {
    EventCodec codec = new EventCodec();
    Map<VoteId, List<Instant>> casts = new HashMap<>();
    for (SimulatedStream.Stored message : stored) {
      if (message.id() == null) {
        continue;
      }
      try {
        Event event = codec.decode(message.data());
        if (event.fact() instanceof VoteCast cast) {
          casts.computeIfAbsent(cast.voteId(), _ -> new ArrayList<>()).add(message.stamp());
        }
      } catch (EventCodec.MalformedEvent malformed) {
        throw new Breach("phantom", "a cast with an id that cannot be read");
      }
    }
    return casts;
  }

  private boolean isRecorded(Ledger.Sent vote) {
    VoteId standing = standing(vote);
    return standing != null && standing.equals(vote.voteId);
  }

  private @Nullable VoteId standing(Ledger.Sent vote) {
    byte[] standing =
        tables.participation.committed().get(Tables.key(Election.LAW, vote.tag.bytes().toArray()));
    return standing == null ? null : VoteId.of(standing);
  }

  private @Nullable TrailRow trail(Ledger.Sent vote, int step) {
    return tables.trail.committed().get(Tables.key(vote.voteId) + "|" + step);
  }

  /** Exactly one, and true. */
  private void checkOutcome(Ledger.Sent vote, List<Instant> stamps) {
    boolean recorded = trail(vote, RECORDED) != null;
    boolean duplicated = trail(vote, DUPLICATED) != null;
    boolean parked = trail(vote, PARKED) != null;
    TrailRow rejected = trail(vote, REJECTED);
    int outcomes = (recorded ? 1 : 0) + (duplicated ? 1 : 0) + (parked ? 1 : 0);
    boolean late = rejected != null && rejected.detail().equals("too_late");
    // A retry that was stamped after the end is told apart from the vote itself.
    if (outcomes != (rejected == null ? 1 : late ? Math.min(outcomes, 1) : 0)) {
      throw new Breach(
          "one outcome",
          "%s: recorded %b, duplicated %b, parked %b, rejected %s"
              .formatted(vote.voteId, recorded, duplicated, parked, rejected));
    }
    if (recorded != isRecorded(vote)) {
      throw new Breach("one outcome", vote.voteId + ": told " + recorded + ", but not so kept");
    }
    checkRefusal(vote, stamps, duplicated, parked, rejected);
  }

  private void checkRefusal(
      Ledger.Sent vote,
      List<Instant> stamps,
      boolean duplicated,
      boolean parked,
      @Nullable TrailRow rejected) {
    if (duplicated && (standing(vote) == null || isRecorded(vote))) {
      throw new Breach("true refusals", vote.voteId + " is a duplicate of nothing");
    }
    if (parked != vote.breaksVerify && rejected == null) {
      throw new Breach("parked", vote.voteId + ": " + parked);
    }
    if (rejected == null) {
      return;
    }
    boolean isTrue =
        switch (rejected.detail()) {
          case "unknown_credential" -> !vote.onRoll;
          case "too_late" -> stamps.stream().anyMatch(stamp -> !stamp.isBefore(closesAt()));
          default -> false;
        };
    if (!isTrue) {
      throw new Breach("true refusals", vote.voteId + " was rejected: " + rejected.detail());
    }
  }
}
