package io.scrutin.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What happened, on one page that needs nothing else. */
final class ReportPage {
  private static final int WIDTH = 1_000;
  private static final int ROW = 14;
  private static final int CURVE = 120;
  private static final long MILLIS = 1_000;

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .6rem;
      border-bottom:1px solid #ccc;vertical-align:top}svg{width:100%;height:auto}
      .held{color:#11632f}.broken{color:#a11212}
      """;

  private final ChaosOptions options;
  private final List<Happening> happenings;
  private final List<Told> told;
  private final Verdict verdict;
  private final String json;
  private final long start;
  private final long end;

  /**
   * @param json the last line of what the command says
   */
  ReportPage(
      ChaosOptions options,
      List<Happening> happenings,
      List<Told> told,
      Verdict verdict,
      String json) {
    this.options = options;
    this.happenings = List.copyOf(happenings);
    this.told = List.copyOf(told);
    this.verdict = verdict;
    this.json = json;
    this.start = told.stream().mapToLong(Told::sentMillis).min().orElse(0);
    this.end = told.stream().mapToLong(Told::toldMillis).max().orElse(start + 1);
  }

  String html() {
    return """
    <!doctype html>
    <html lang="en"><meta charset="utf-8"><title>Scrutin: chaos, seed %d</title>
    <style>%s</style>
    <h1>Chaos, seed %d</h1>
    <p>%,d posts a second for %,d s; %,d faults.
    <strong class="%s">%s</strong></p>
    %s
    <h2>When</h2>
    <p>Answers a second: green promised, red refused as <em>later</em> (5xx), grey none. Bars: faults.</p>
    %s
    <h2>Each fault, and what the system did</h2>
    <table><tr><th>at<th>fault<th>answers until 5 s after it<th>found</tr>%s</table>
    <p><code>%s</code></p>
    </html>
    """
        .formatted(
            options.seed(),
            STYLE,
            options.seed(),
            options.rate(),
            options.seconds(),
            happenings.size(),
            verdict.held() ? "held" : "broken",
            verdict.held() ? "Every promise held." : "NOT every promise held.",
            breaches(),
            timeline(),
            rows(),
            escaped(json));
  }

  private String breaches() {
    if (verdict.held()) {
      return "";
    }
    return verdict.breaches().stream()
        .map(one -> "<li>" + escaped(one.promise().says() + ": " + one.what()))
        .collect(Collectors.joining("", "<h2 class=\"broken\">Breaches</h2><ul>", "</ul>"));
  }

  private String rows() {
    StringBuilder rows = new StringBuilder();
    for (Happening happening : happenings) {
      rows.append(
          "<tr><td>%.1f s<td>%s<td>%s<td>%s</tr>"
              .formatted(
                  (happening.from().toEpochMilli() - start) / 1e3,
                  escaped(happening.fault().says()),
                  answers(happening.from(), happening.until().plus(Duration.ofSeconds(5))),
                  escaped(happening.found())));
    }
    return rows.toString();
  }

  private String answers(Instant from, Instant until) {
    Map<String, Integer> statuses = new TreeMap<>();
    long longest = 0;
    for (Told one : told) {
      if (one.sentMillis() >= from.toEpochMilli() && one.sentMillis() < until.toEpochMilli()) {
        statuses.merge(
            one.status() == Told.NO_ANSWER ? "none" : "" + one.status(), 1, Integer::sum);
        longest = Math.max(longest, one.toldMillis() - one.sentMillis());
      }
    }
    return statuses.entrySet().stream()
            .map(status -> status.getValue() + " × " + status.getKey())
            .collect(Collectors.joining(", "))
        + ", longest "
        + longest
        + " ms";
  }

  private String timeline() {
    int height = CURVE + ROW * (happenings.size() + 2);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"timeline\">"
            .formatted(WIDTH, height));
    svg.append(curve("#1a7f3c", Told::isPromise));
    svg.append(curve("#c22", one -> one.status() >= 500));
    svg.append(curve("#888", one -> one.status() == Told.NO_ANSWER));
    int y = CURVE + ROW;
    for (Happening happening : happenings) {
      double x = x(happening.from().toEpochMilli());
      double width = Math.max(2, x(happening.until().toEpochMilli()) - x);
      svg.append(
          "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#d98200\"/>"
              .formatted(x, y, width, ROW - 4));
      boolean right = x > WIDTH * 0.6;
      svg.append(
          "<text x=\"%.1f\" y=\"%d\" font-size=\"10\" text-anchor=\"%s\">%s</text>"
              .formatted(
                  right ? x - 4 : x + width + 4,
                  y + ROW - 5,
                  right ? "end" : "start",
                  escaped(happening.fault().says())));
      y += ROW;
    }
    return svg.append("</svg>").toString();
  }

  private String curve(String colour, Predicate<Told> which) {
    Map<Long, Integer> seconds = new TreeMap<>();
    for (long second = 0; second <= (end - start) / MILLIS; second++) {
      seconds.put(second, 0);
    }
    told.stream()
        .filter(which)
        .forEach(one -> seconds.merge((one.toldMillis() - start) / MILLIS, 1, Integer::sum));
    int most = Math.max(options.rate() * 2, 1);
    String points =
        seconds.entrySet().stream()
            .map(
                second ->
                    "%.1f,%.1f"
                        .formatted(
                            x(start + second.getKey() * MILLIS),
                            CURVE - Math.min(1.0, (double) second.getValue() / most) * CURVE))
            .collect(Collectors.joining(" "));
    return "<polyline fill=\"none\" stroke=\"%s\" points=\"%s\"/>".formatted(colour, points);
  }

  private double x(long millis) {
    return (double) (millis - start) / Math.max(1, end - start) * WIDTH;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
