package io.scrutin.harness;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an instrument says of a product. */
sealed interface Finding {
  /**
   * @param after how many seeds or seconds, as the table has it
   */
  record Caught(String after) implements Finding {}

  record Missed(String after) implements Finding {}

  /** It did not come to a judgement: not built, not started, or out of time. */
  record Unfit(String why) implements Finding {}

  int CLEAN = 0;

  /** Anything else than these two is no judgement, but a broken instrument. */
  int BREACH = 1;

  Pattern REPLAY = Pattern.compile("--from (\\d+)");

  /**
   * @param from the first seed
   * @param lines what was said, of which one names the seed that failed
   */
  static Finding ofSimulation(int status, List<String> lines, long from, long seeds) {
    return switch (status) {
      case CLEAN -> new Missed("%,d seeds".formatted(seeds));
      case BREACH ->
          lines.stream()
              .map(REPLAY::matcher)
              .filter(Matcher::find)
              .map(found -> Long.parseLong(found.group(1)) - from + 1)
              .findFirst()
              .<Finding>map(
                  tried -> new Caught(tried == 1 ? "1 seed" : "%,d seeds".formatted(tried)))
              .orElseGet(() -> withoutASeed(lines, seeds));
      default -> new Unfit("ended with " + status);
    };
  }

  /** A bug may keep a step from ever being where it could die; that breaks no promise. */
  private static Finding withoutASeed(List<String> lines, long seeds) {
    return lines.stream().anyMatch(line -> line.startsWith("CRASH POINT MISSED"))
        ? new Missed("%,d seeds".formatted(seeds))
        : new Unfit("failed without a seed");
  }

  static Finding ofChaos(int status, Duration took) {
    String seconds = took.toSeconds() + " s";
    return switch (status) {
      case CLEAN -> new Missed(seconds);
      case BREACH -> new Caught(seconds);
      default -> new Unfit("ended with " + status);
    };
  }
}
