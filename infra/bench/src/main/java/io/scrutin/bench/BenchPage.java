package io.scrutin.bench;

import io.scrutin.broker.VoteReaders.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What was found, on one page that needs nothing else. */
final class BenchPage {
  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse}td,th{text-align:left;padding:.2rem .8rem .2rem 0;
      border-bottom:1px solid #ccc}svg{width:100%;height:auto}.bad{color:#a11212}
      """;

  /** Two looks are half a second apart: too little for a rate that one can read. */
  private static final int LOOKS_A_POINT = 4;

  private final Found found;
  private final Report report;

  BenchPage(Found found) {
    this.found = found;
    this.report = new Report(found);
  }

  String html() {
    return """
    <!doctype html>
    <html lang="en"><meta charset="utf-8"><title>Scrutin: bench</title>
    <style>%s</style>
    <h1>%s votes a second, each counted once</h1>
    %s
    %s
    <h2>Every trial</h2>
    %s
    <h2>Every figure</h2>
    %s
    <p><code>%s</code></p>
    </html>
    """
        .formatted(
            STYLE,
            Report.shown(found.measured().talliedPerSecond()),
            faults(),
            plots(),
            trials(),
            figures(),
            report.json().replace("&", "&amp;").replace("<", "&lt;"));
  }

  private String faults() {
    StringBuilder faults = new StringBuilder();
    for (String fault : found.faults()) {
      faults.append("<p class=\"bad\">").append(fault.replace("<", "&lt;")).append("</p>");
    }
    return faults.toString();
  }

  private String plots() {
    return throughput().svg() + backlog().svg() + latency().svg() + cpu().svg();
  }

  private Plot throughput() {
    Plot plot = new Plot("Votes a second, at each stage", "s");
    Plot.Line sent = plot.line("sent");
    Plot.Line counted = plot.line("counted");
    Map<Reader, Plot.Line> stages = new LinkedHashMap<>();
    for (Reader stage : Watch.STAGES) {
      stages.put(stage, plot.line(stage.durable()));
    }
    forEachStep(
        (at, from, to) -> {
          double seconds = to.secondsAfter(from);
          sent.add(at, (to.left() - from.left()) / seconds);
          counted.add(at, (to.tallied() - from.tallied()) / seconds);
          stages.forEach(
              (stage, points) ->
                  points.add(
                      at,
                      Math.max(0, of(to.delivered(), stage) - of(from.delivered(), stage))
                          / seconds));
        });
    return plot;
  }

  private Plot backlog() {
    Plot plot = new Plot("Votes that wait", "s");
    Plot.Line all = plot.line("sent and not counted");
    Map<Reader, Plot.Line> stages = new LinkedHashMap<>();
    for (Reader stage : Watch.STAGES) {
      stages.put(stage, plot.line("before " + stage.durable()));
    }
    forEachStep(
        (at, _, to) -> {
          all.add(at, to.backlog());
          stages.forEach((stage, points) -> points.add(at, of(to.waiting(), stage)));
        });
    return plot;
  }

  private Plot cpu() {
    Plot plot = new Plot("Processors that each process keeps busy", "s");
    Map<String, Plot.Line> processes = new LinkedHashMap<>();
    found.use().keySet().forEach(name -> processes.put(name, plot.line(name)));
    forEachStep(
        (at, from, to) ->
            processes.forEach(
                (name, points) ->
                    points.add(
                        at,
                        (to.cpuSeconds().getOrDefault(name, 0.0)
                                - from.cpuSeconds().getOrDefault(name, 0.0))
                            / to.secondsAfter(from))));
    return plot;
  }

  private Plot latency() {
    Plot plot = new Plot("Milliseconds to the answer, by part of the voters", "%");
    Sent sent = found.measured().sent();
    percentiles(plot.line("202"), sent.answered());
    percentiles(plot.line("recorded, for who waits"), sent.recordedAfter());
    return plot;
  }

  private static void percentiles(Plot.Line points, Histogram nanos) {
    if (nanos.getTotalCount() > 0) {
      for (double percent = 1; percent < 100; percent += 0.5) {
        points.add(percent, nanos.getValueAtPercentile(percent) / 1e6);
      }
    }
  }

  private static long of(Map<Reader, Long> figures, Reader stage) {
    return figures.getOrDefault(stage, 0L);
  }

  private interface Step {
    void see(double at, Moment from, Moment to);
  }

  private void forEachStep(Step step) {
    List<Moment> moments = found.moments();
    for (int i = LOOKS_A_POINT; i < moments.size(); i += LOOKS_A_POINT) {
      Moment to = moments.get(i);
      step.see(to.secondsAfter(moments.getFirst()), moments.get(i - LOOKS_A_POINT), to);
    }
  }

  private String trials() {
    StringBuilder rows =
        new StringBuilder(
            "<table><tr><th>offered/s<th>counted/s<th>p50 ms<th>p99 ms<th>backlog/s<th>goes on");
    for (Trial trial : found.trials()) {
      rows.append("<tr>");
      for (double figure :
          List.of(
              trial.perSecond(),
              trial.talliedPerSecond(),
              trial.sent().answeredMillis(50),
              trial.sent().answeredMillis(99),
              trial.growth())) {
        rows.append("<td>").append(Report.shown(figure));
      }
      rows.append("<td>").append(trial.isSustained() ? "yes" : "no");
    }
    return rows.append("</table>").toString();
  }

  private String figures() {
    StringBuilder rows = new StringBuilder("<table>");
    report
        .figures()
        .forEach(
            (key, value) ->
                rows.append("<tr><td>").append(key).append("<td>").append(Report.shown(value)));
    return rows.append("</table>").toString();
  }
}
