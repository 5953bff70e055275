package io.scrutin.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The counts as the public address gives them. */
final class PublishedCounts {
  private static final Pattern COUNT =
      Pattern.compile("\"choice\":\"([^\"]+)\"[^}]*?\"votes\":(\\d+)");

  private static final int BAR = 40;

  private PublishedCounts() {}

  static Map<String, Long> read(String results) {
    Map<String, Long> votes = new TreeMap<>();
    Matcher count = COUNT.matcher(results);
    while (count.find()) {
      votes.put(count.group(1), Long.parseLong(count.group(2)));
    }
    return votes;
  }

  static List<String> bars(Map<String, Long> votes) {
    long total = Math.max(1, votes.values().stream().mapToLong(Long::longValue).sum());
    List<String> lines = new ArrayList<>();
    votes.forEach(
        (choice, count) ->
            lines.add(
                "%-6s %-40s %,d (%.1f %%)"
                    .formatted(
                        choice,
                        "█".repeat((int) (BAR * count / total)),
                        count,
                        100.0 * count / total)));
    return lines;
  }
}
