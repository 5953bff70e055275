package io.scrutin.chaos;

import io.scrutin.chaos.Evidence.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The times in which a server was away and nothing else hindered an answer. */
final class Outages {
  private final List<Happening> happenings;

  private Outages(List<Happening> happenings) {
    this.happenings = happenings;
  }

  /**
   * The plan keeps them apart. But a server that takes long to come back is in the way of what was
   * planned after it: of an answer in a time that is two faults' nothing can be concluded.
   */
  static List<Outage> judged(List<Happening> happenings) {
    Outages outages = new Outages(happenings);
    return happenings.stream().flatMap(outages::outage).toList();
  }

  private Stream<Outage> outage(Happening happening) {
    return away(happening.fault())
        .filter(_ -> happenings.stream().noneMatch(other -> hinders(other, happening)))
        .map(
            store ->
                new Outage(
                    store, happening.from().toEpochMilli(), happening.until().toEpochMilli()))
        .stream();
  }

  private static Optional<Store> away(Fault fault) {
    return switch (fault) {
      case Fault.Away away -> Optional.of(away.store());
      case Fault.OldAof _ -> Optional.of(Store.REDIS);
      case Fault.TailCut _ -> Optional.of(Store.BROKER);
      case Fault.Ended _,
          Fault.Stopped _,
          Fault.Flushed _,
          Fault.BadWire _,
          Fault.Storm _,
          Fault.Poisoned _,
          Fault.Closed _,
          Fault.DiskFull _,
          Fault.ClockStepped _ ->
          Optional.empty();
    };
  }

  private static boolean hinders(Happening other, Happening outage) {
    return other != outage
        && (other.fault().kind().alone() || other.fault().isAtTheDoor())
        && other.from().isBefore(outage.until())
        && over(other).isAfter(outage.from());
  }

  private static Instant over(Happening happening) {
    Duration repair = happening.fault().isAtTheDoor() ? Fault.DOOR_REPAIR : PlanFaults.RECONNECT;
    return happening.healed().plus(repair);
  }
}
