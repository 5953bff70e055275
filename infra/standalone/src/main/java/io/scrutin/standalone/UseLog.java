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
  private Consumer<String> listener = _ -> {};
  private final List<Duration> wakes = new ArrayList<>();
  private final List<Duration> answers = new ArrayList<>();
  private Duration alive = Duration.ZERO;
  private Duration cpu = Duration.ZERO;

  UseLog(String name) {
    this.name = name;
  }

  synchronized void tell(Consumer<String> to) {
    listener = to;
  }

  synchronized void woke(Duration took) {
    keep(wakes, took);
    say("%s is awake after %,d ms", name, took.toMillis());
  }

  synchronized void answered(Duration took) {
    keep(answers, took);
    say("%s answered the call that woke it after %,d ms", name, took.toMillis());
  }

  synchronized void slept(Duration lived, Duration cost) {
    alive = alive.plus(lived);
    cpu = cpu.plus(cost);
    say("%s is asleep after %.1f s (CPU %.1f s)", name, seconds(lived), seconds(cost));
  }

  synchronized void died(Duration lived, String how) {
    alive = alive.plus(lived);
    LOG.warn("{} died: {}", name, how);
    listener.accept(name + " died: " + how);
  }

  private void say(String line, Object... arguments) {
    String said = String.format(Locale.ROOT, line, arguments);
    LOG.info("{}", said);
    listener.accept(said);
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
