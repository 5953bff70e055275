package io.scrutin.chaos;

import io.scrutin.event.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What goes wrong when. All of it follows from the chance it is given: the same seed is the same
 * plan. Each kind comes once before any comes twice.
 */
final class PlanFaults {
  static final String OUTSIDE = "outside";

  /** Until clients of a server that is back have found it. */
  static final Duration RECONNECT = Duration.ofSeconds(4);

  private static final Duration QUIET_START = Duration.ofSeconds(2);

  private final RandomGenerator chance;
  private final Set<Kind> kinds;
  private final List<String> processes;
  private final List<Planned> plan = new ArrayList<>();

  /** From when on the next may begin, and from when on one that must be alone. */
  private Duration next = QUIET_START;

  private Duration clear = QUIET_START;

  /**
   * @param processes each by its name, {@code function-number}
   */
  PlanFaults(RandomGenerator chance, Collection<Kind> kinds, Collection<String> processes) {
    this.chance = chance;
    this.kinds = new TreeSet<>(kinds);
    this.processes = processes.stream().sorted().toList();
    if (kinds.isEmpty() || processes.isEmpty()) {
      throw new IllegalArgumentException("nothing to break, or nobody");
    }
  }

  /** As many as fit; the last of them is over when votes stop coming. A contest closes once. */
  List<Planned> within(Duration length) {
    if (kinds.remove(Kind.CLOSE)) {
      plan.add(new Planned(length.dividedBy(3), fault(Kind.CLOSE)));
    }
    int before;
    do {
      before = plan.size();
      for (Kind kind : shuffled(kinds)) {
        Fault fault = fault(kind);
        Duration at = kind.alone() && clear.compareTo(next) > 0 ? clear : next;
        if (at.plus(fault.lasts()).compareTo(length) <= 0) {
          add(new Planned(at, fault));
        }
      }
    } while (plan.size() > before);
    return plan.stream().sorted(Comparator.comparing(Planned::at)).toList();
  }

  private void add(Planned planned) {
    plan.add(planned);
    Fault fault = planned.fault();
    if (fault.isAtTheDoor() || fault.kind().alone()) {
      Duration settled = planned.until().plus(fault.kind().alone() ? RECONNECT : Fault.DOOR_REPAIR);
      clear = settled.compareTo(clear) > 0 ? settled : clear;
    }
    Duration free = fault.kind().alone() ? planned.until() : planned.at();
    next = free.plusMillis(between(1_000, 3_000));
  }

  private <T> List<T> shuffled(Collection<T> all) {
    List<T> left = new ArrayList<>(all);
    List<T> shuffled = new ArrayList<>();
    while (!left.isEmpty()) {
      shuffled.add(left.remove(chance.nextInt(left.size())));
    }
    return shuffled;
  }

  private Fault fault(Kind kind) {
    return switch (kind) {
      case KILL, TERM -> new Fault.Ended(kind, process());
      case STOP -> new Fault.Stopped(process(), pause());
      case BROKER -> new Fault.Away(kind, Store.BROKER, away());
      case REDIS -> new Fault.Away(kind, Store.REDIS, away());
      case POSTGRES, POSTGRES_IMMEDIATE -> new Fault.Away(kind, Store.POSTGRES, away());
      case FLUSH -> new Fault.Flushed();
      case RESET -> badWire(Trouble.RESET, Duration.ZERO);
      case DELAY -> badWire(Trouble.DELAY, aWhile());
      case HALF_OPEN -> badWire(Trouble.HALF_OPEN, aWhile());
      case THROTTLE -> badWire(Trouble.THROTTLE, aWhile());
      case CUT -> badWire(Trouble.CUT, aWhile());
      case STORM -> new Fault.Storm(aWhile());
      case POISON -> new Fault.Poisoned(Poison.values()[chance.nextInt(Poison.values().length)]);
      case CLOSE -> new Fault.Closed();
      case OLD_AOF -> new Fault.OldAof(away());
      case TAIL ->
          new Fault.TailCut(
              chance.nextInt(3) == 0 ? StreamName.VOTES : StreamName.CASTS,
              (int) between(500, 8_000));
      case DISK -> new Fault.DiskFull(store(), aWhile());
      case CLOCK -> new Fault.ClockStepped(process(), step(), aWhile());
    };
  }

  /** A process goes to the servers, a trigger to each function, and voters to one of them. */
  private Fault badWire(Trouble trouble, Duration lasts) {
    int which = chance.nextInt(6);
    if (which == 0) {
      return new Fault.BadWire(trouble, OUTSIDE, Fault.DOOR, lasts);
    }
    if (which == 1) {
      List<String> triggers = processes.stream().filter(PlanFaults::isTrigger).toList();
      List<String> functions =
          processes.stream().filter(name -> !isTrigger(name)).map(PlanFaults::base).toList();
      if (!triggers.isEmpty() && !functions.isEmpty()) {
        return new Fault.BadWire(trouble, any(triggers), any(functions), lasts);
      }
    }
    return new Fault.BadWire(trouble, process(), store().server(), lasts);
  }

  private static boolean isTrigger(String process) {
    return process.startsWith("trigger");
  }

  private static String base(String process) {
    return process.substring(0, process.lastIndexOf('-'));
  }

  private Store store() {
    return any(List.of(Store.values()));
  }

  private <T> T any(List<T> all) {
    return all.get(chance.nextInt(all.size()));
  }

  /** Forwards or back, by more than any tolerance for clocks. */
  private Duration step() {
    Duration by = Duration.ofSeconds(between(10, 300));
    return chance.nextBoolean() ? by : by.negated();
  }

  private Duration aWhile() {
    return Duration.ofSeconds(between(2, 8));
  }

  private String process() {
    return any(processes);
  }

  /** Mostly short, as a collector's pause is; sometimes as long as a machine that swaps. */
  private Duration pause() {
    return Duration.ofSeconds(chance.nextInt(4) == 0 ? between(8, 60) : between(1, 8));
  }

  private Duration away() {
    return Duration.ofMillis(between(1_500, 6_000));
  }

  private long between(long least, long most) {
    return chance.nextLong(least, most + 1);
  }
}
