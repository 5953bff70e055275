package io.scrutin.bench;

import io.scrutin.console.TextTable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found, for a person and for a program. */
final class Report {
  private static final double MEBIBYTE = 1024 * 1024;

  private final Found found;

  Report(Found found) {
    this.found = found;
  }

  /** Every figure by its key, in the order in which they are told. */
  Map<String, Double> figures() {
    Trial measured = found.measured();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("rate_per_s", measured.perSecond());
    figures.put("tallied_per_s", measured.talliedPerSecond());
    figures.put("accepted_per_s", measured.acceptedPerSecond());
    figures.put("submit_p50_ms", measured.sent().answeredMillis(50));
    figures.put("submit_p95_ms", measured.sent().answeredMillis(95));
    figures.put("submit_p99_ms", measured.sent().answeredMillis(99));
    figures.put("recorded_p95_ms", measured.sent().recordedMillis(95));
    figures.put("first_10_s_p99_ms", found.trials().getFirst().sent().answeredMillis(99));
    figures.put("drain_s", measured.drainSeconds());
    figures.put("cpu_s_per_million", measured.systemCpuSecondsPerMillion());
    figures.put("driver_cpu_share", measured.sent().driverShare());
    figures.put("late", (double) measured.sent().late());
    found.roofs().forEach((roof, perSecond) -> figures.put(roof.key(), perSecond));
    Double submit = found.roofs().get(Roof.SUBMIT);
    if (submit != null) {
      figures.put("ratio_to_roof", measured.talliedPerSecond() / submit);
    }
    figures.put("votes", (double) found.accepted());
    figures.put("lost", (double) found.lost());
    figures.put("double", (double) found.twice());
    figures.put("redis_roll_mb", found.redis().rollBytes() / 1e6);
    figures.put("redis_mb", found.redis().allBytes() / 1e6);
    return figures;
  }

  /** One line. */
  String json() {
    String numbers =
        figures().entrySet().stream()
            .map(figure -> "\"" + figure.getKey() + "\":" + number(figure.getValue()))
            .collect(Collectors.joining(","));
    String memory =
        found.use().entrySet().stream()
            .map(one -> "\"" + one.getKey() + "\":" + Math.round(mebibytes(one.getValue())))
            .collect(Collectors.joining(",", "{", "}"));
    String cpu =
        found.measured().cpuSecondsPerMillion().entrySet().stream()
            .map(one -> "\"" + one.getKey() + "\":" + Math.round(one.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    return "{\"valid\":%s,%s,\"cpu_s_per_million_by_process\":%s,\"rss_mb\":%s}"
        .formatted(found.faults().isEmpty(), numbers, cpu, memory);
  }

  void print(PrintWriter out) {
    TextTable figures = new TextTable("what", "found");
    figures().forEach((key, value) -> figures.row(key, shown(value)));
    figures.print(out);
    out.println();
    TextTable processes = new TextTable("process", "CPU s a million votes", "MiB resident");
    Map<String, Double> cpu = found.measured().cpuSecondsPerMillion();
    found
        .use()
        .forEach(
            (name, use) ->
                processes.row(
                    name, Math.round(cpu.getOrDefault(name, 0.0)), Math.round(mebibytes(use))));
    processes.print(out);
    out.println();
    if (found.faults().isEmpty()) {
      out.println("  ✓ every vote that had its 202 is recorded once, and the books balance");
    }
    found.faults().forEach(fault -> out.println("  ✗ " + fault));
    out.flush();
  }

  static double mebibytes(ProcessUse.Use use) {
    return use.memoryBytes() / MEBIBYTE;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "null";
  }

  static String shown(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
  }
}
