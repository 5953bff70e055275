package io.scrutin.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps how often a function woke, how long that took, and what its processes cost. */
final class UseLog {
  private static final Logger LOG = LoggerFactory.getLogger(UseLog.class);

  /** Enough for a day that is never quiet for long; what is older is forgotten. */
  private static final int MOST = 10_000;

  private final String name;
  private volatile Consumer<String> listener = _ -> {};
  private final List<Duration> wakes = new ArrayList<>();
  private final List<Duration> answers = new ArrayList<>();
  private Duration alive = Duration.ZERO;
  private Duration cpu = Duration.ZERO;

  UseLog(String name) {
    this.name = name;
  }

  void tell(Consumer<String> to) {
    listener = to;
  }

  /** Like all that follow: kept at once, and what there is to be said of it, for {@link #say}. */
  synchronized String woke(Duration took) {
    keep(wakes, took);
    return line("%s is awake after %,d ms", name, took.toMillis());
  }

  synchronized String answered(Duration took) {
    keep(answers, took);
    return line("%s answered the call that woke it after %,d ms", name, took.toMillis());
  }

  synchronized String slept(Duration lived, Duration cost) {
    alive = alive.plus(lived);
    cpu = cpu.plus(cost);
    return line("%s is asleep after %.1f s (CPU %.1f s)", name, seconds(lived), seconds(cost));
  }

  synchronized String died(Duration lived, String how) {
    alive = alive.plus(lived);
    return name + " died: " + how;
  }

  String troubled(RuntimeException failure) {
    return name + " could not be stopped as it should: " + failure;
  }

  /** Without any lock: a terminal that is held must not hold the functions. */
  void say(String line) {
    LOG.info("{}", line);
    try {
      listener.accept(line);
    } catch (RuntimeException nobodyListens) {
      LOG.warn("nobody heard that", nobodyListens);
    }
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static void keep(List<Duration> list, Duration value) {
    if (list.size() == MOST) {
      list.removeFirst();
    }
    list.add(value);
  }

  /**
   * @param now how long the process of this moment has been there
   * @param nowCpu and what it has cost
   */
  synchronized FunctionUse use(Duration now, Duration nowCpu, int deaths, boolean asleep) {
    return new FunctionUse(name, wakes, answers, alive.plus(now), cpu.plus(nowCpu), deaths, asleep);
  }
}
