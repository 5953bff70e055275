package io.scrutin.doorkeeper;

import io.scrutin.doorkeeper.Cluster.FoundFunction;
import io.scrutin.doorkeeper.Cluster.FoundHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says what has to be changed so that the cluster is as the contests want it now. It knows nothing
 * of what was done before: a contest that is moved, ends early or is withdrawn, a run that was
 * killed half-way and one that never happened are all the same to it.
 */
final class KeepDoors {
  /**
   * Before opening: ten runs, should some fail; and a node that has to be added to the cluster,
   * with images to be pulled, takes minutes.
   */
  static final Duration LEAD = Duration.ofMinutes(10);

  /**
   * After closing: what was cast at the last moment is through, and tally, which waits for 60 s of
   * calm and for its heartbeat, has opened the last group. Releasing stops nothing that has work;
   * it only ends the keeping of replicas that have none.
   */
  static final Duration SETTLING = Duration.ofMinutes(5);

  /**
   * After closing, for a contest that nobody publishes. Parked votes may be released and counted
   * days later; beyond that, somebody has forgotten it, and functions are woken at a cost.
   */
  static final Duration AFTERMATH = Duration.ofDays(7);

  private static final Pattern REPLICAS = Pattern.compile("[0-9]{1,3}");
  private static final int MOST_NAMED = 3;

  /**
   * @param complaints what stands in the way and is not ours to change
   */
  record Decision(List<Change> changes, List<String> complaints) {
    Decision {
      changes = List.copyOf(changes);
      complaints = List.copyOf(complaints);
    }
  }

  private final Timetable timetable;
  private final Cluster cluster;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private KeepDoors(Timetable timetable, Cluster cluster) {
    this.timetable = timetable;
    this.cluster = cluster;
  }

  /** In the order in which it is to be done: what opens first, what costs less last. */
  static Decision decide(Timetable timetable, Cluster cluster) {
    KeepDoors doors = new KeepDoors(timetable, cluster);
    doors.complainOfWhatIsUnread();
    if (cluster.isRead(Cluster.Part.HEARTBEATS)) {
      Arrays.stream(Heartbeat.values()).forEach(doors::start);
    }
    cluster.functions().forEach(doors::scale);
    cluster.heartbeats().forEach(doors::stop);
    return new Decision(doors.changes, doors.complaints);
  }

  private void complainOfWhatIsUnread() {
    Arrays.stream(Cluster.Part.values())
        .filter(part -> !cluster.isRead(part))
        .forEach(
            part ->
                complaints.add(
                    "the API server does not list %s, which stay as they are: %s"
                        .formatted(part.kinds(), cluster.unread().get(part))));
  }

  private void start(Heartbeat heartbeat) {
    Optional<String> because = reason(heartbeat);
    Optional<FoundHeartbeat> found = found(heartbeat.source());
    if (because.isEmpty() || found.filter(FoundHeartbeat::current).isPresent()) {
      return;
    }
    if (found.isEmpty()) {
      changes.add(new Change.Start(heartbeat, because.get()));
    } else if (found.get().ours()) {
      changes.add(new Change.Restart(heartbeat, found.get().version()));
    } else {
      complaints.add(heartbeat.source() + " was not made by doorkeeper, and beats otherwise");
    }
  }

  private void stop(FoundHeartbeat found) {
    boolean wanted =
        Arrays.stream(Heartbeat.values())
            .filter(heartbeat -> heartbeat.source().equals(found.name()))
            .anyMatch(heartbeat -> reason(heartbeat).isPresent());
    if (found.ours() && !wanted) {
      changes.add(new Change.Stop(found.name(), found.version()));
    }
  }

  private void scale(FoundFunction function) {
    Optional<String> because = named(contest -> isDuring(contest, SETTLING));
    Optional<String> asked = because.flatMap(_ -> function.warmScale());
    if (asked.isPresent() && !REPLICAS.matcher(asked.get()).matches()) {
      complaints.add(function.name() + ": scrutin.io/warm-scale is no number of replicas");
      return;
    }
    int wanted = asked.map(Integer::parseInt).orElse(0);
    if (function.isWarmedByUs()) {
      if (wanted == 0) {
        changes.add(new Change.Release(function.name(), function.version()));
        return;
      }
      if (function.minScale().equals(Optional.of(Integer.toString(wanted)))) {
        return;
      }
    } else if (function.minScale().isPresent()) {
      leave(function, wanted);
      return;
    }
    if (wanted > 0) {
      changes.add(
          new Change.Warm(function.name(), function.version(), wanted, because.orElseThrow()));
    }
  }

  /** Somebody else's lower bound is kept, and it is said when it is too low. */
  private void leave(FoundFunction function, int wanted) {
    boolean enough =
        function
            .minScale()
            .filter(found -> REPLICAS.matcher(found).matches())
            .filter(found -> Integer.parseInt(found) >= wanted)
            .isPresent();
    if (wanted > 0 && !enough) {
      complaints.add(
          function.name() + ": its template has a min-scale of its own, below its warm-scale");
    }
  }

  /** Why it is needed, if it is. */
  private Optional<String> reason(Heartbeat heartbeat) {
    Optional<String> inHand = named(contest -> isDuring(contest, AFTERMATH));
    return switch (heartbeat) {
      case TALLY, RECONCILE -> inHand;
      // An opening may be decided weeks ahead, while the broker is away.
      case CONTESTS -> inHand.or(() -> untold());
    };
  }

  private Optional<String> untold() {
    return timetable.untold() ? Optional.of("what is still to be announced") : Optional.empty();
  }

  private boolean isDuring(ContestTimes contest, Duration afterwards) {
    Instant now = timetable.at();
    return contest.isUnfinished()
        && !now.isBefore(contest.opensAt().minus(LEAD))
        && now.isBefore(contest.closesAt().plus(afterwards));
  }

  private Optional<String> named(Predicate<ContestTimes> which) {
    List<String> laws =
        timetable.contests().stream().filter(which).map(ContestTimes::lawId).sorted().toList();
    String named = laws.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int others = laws.size() - MOST_NAMED;
    return laws.isEmpty()
        ? Optional.empty()
        : Optional.of(others > 0 ? named + " and " + others + " others" : named);
  }

  private Optional<FoundHeartbeat> found(String name) {
    Map<String, FoundHeartbeat> byName =
        cluster.heartbeats().stream()
            .collect(Collectors.toMap(FoundHeartbeat::name, Function.identity()));
    return Optional.ofNullable(byName.get(name));
  }
}
