package io.scrutin.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What goes wrong when. All of it follows from the chance it is given: the same seed is the same
 * plan. Each kind comes once before any comes twice.
 */
final class PlanFaults {
  private static final Duration QUIET_START = Duration.ofSeconds(2);

  private final RandomGenerator chance;
  private final List<Kind> kinds;
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
    this.kinds = kinds.stream().sorted().toList();
    this.processes = processes.stream().sorted().toList();
    if (kinds.isEmpty() || processes.isEmpty()) {
      throw new IllegalArgumentException("nothing to break, or nobody");
    }
  }

  /** As many as fit; the last of them is over when votes stop coming. */
  List<Planned> within(Duration length) {
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
    Duration settled = planned.until().plus(fault.echoes());
    clear = settled.compareTo(clear) > 0 ? settled : clear;
    Duration free = fault.kind().alone() ? planned.until() : planned.at();
    next = free.plusMillis(between(1_000, 3_000));
  }

  private <T> List<T> shuffled(List<T> all) {
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
      case RESET -> badWire(kind, Duration.ZERO);
      case DELAY, HALF_OPEN, THROTTLE, CUT -> badWire(kind, Duration.ofSeconds(between(2, 8)));
    };
  }

  private Fault badWire(Kind kind, Duration lasts) {
    Store store = Store.values()[chance.nextInt(Store.values().length)];
    return new Fault.BadWire(kind, process(), store.server(), lasts);
  }

  private String process() {
    return processes.get(chance.nextInt(processes.size()));
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
