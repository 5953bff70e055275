package io.scrutin.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong at an effect: the process crashes before or after it takes hold, the request or
 * the answer to it is lost, or it takes its time.
 */
final class Fates {
  enum Phase {
    BEFORE,
    AFTER
  }

  /** What becomes of a call that reaches its server, or does not. */
  enum Passage {
    WHOLE,
    REQUEST_LOST,
    ANSWER_LOST
  }

  private final World world;
  private final Coverage coverage;
  private final Chance chance;

  /** Place and phase, and how many times it is passed before the process crashes there. */
  private final Map<CrashPoint, Integer> crashes = new HashMap<>();

  private double losses;
  private double slowness;
  private boolean healed;

  Fates(World world, Coverage coverage) {
    this.world = world;
    this.coverage = coverage;
    this.chance = world.chance().split();
  }

  void crashAt(CrashPoint point, int passes) {
    crashes.put(point, passes);
  }

  void losing(double share) {
    losses = share;
  }

  void slow(double share) {
    slowness = share;
  }

  /** From here on nothing goes wrong any more. */
  void heal() {
    healed = true;
  }

  /** To be asked at each effect; when it is time, the process does not survive the question. */
  void pass(@Nullable SimulatedProcess process, String place, Phase phase) {
    if (process == null || !process.isAlive()) {
      return;
    }
    CrashPoint point = new CrashPoint(place, phase);
    coverage.passed(point);
    Integer left = crashes.get(point);
    if (healed || left == null) {
      return;
    }
    if (left > 0) {
      crashes.put(point, left - 1);
      return;
    }
    crashes.remove(point);
    coverage.crashed(point);
    world.trace().add(point.name().hashCode());
    process.crash();
  }

  Passage passage() {
    if (healed || losses == 0 || chance.nextDouble() >= losses) {
      return Passage.WHOLE;
    }
    return chance.nextBoolean() ? Passage.REQUEST_LOST : Passage.ANSWER_LOST;
  }

  /** One way over the network, or a while of work. */
  Duration latency() {
    long micros = 50 + chance.nextLong(450);
    if (!healed && slowness > 0 && chance.nextDouble() < slowness) {
      micros += chance.nextLong(8_000_000);
    }
    return Duration.ofNanos(micros * 1_000);
  }
}
