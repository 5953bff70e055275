package io.scrutin.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over a common ground, as SVG. */
final class Plot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 260;
  private static final int LEFT = 64;
  private static final int BOTTOM = 24;
  private static final int GRID = 4;

  /** Told apart by who sees no red or no green (Okabe and Ito's palette). */
  private static final List<String> COLOURS =
      List.of(
          "#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f");

  private record Point(double x, double y) {}

  /** One of several, by its name. */
  static final class Line {
    private final String name;
    private final List<Point> points = new ArrayList<>();

    private Line(String name) {
      this.name = name;
    }

    void add(double x, double y) {
      points.add(new Point(x, y));
    }
  }

  private final String title;
  private final String unit;
  private final List<Line> lines = new ArrayList<>();

  Plot(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** Points are added to what this returns. */
  Line line(String name) {
    Line line = new Line(name);
    lines.add(line);
    return line;
  }

  String svg() {
    double most = Math.max(1e-9, most(lines, true));
    double longest = Math.max(1e-9, most(lines, false));
    StringBuilder svg = new StringBuilder();
    svg.append("<h2>").append(title).append("</h2>");
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT + BOTTOM + 20 * ((lines.size() + 3) / 4), title));
    for (int i = 0; i <= GRID; i++) {
      double y = HEIGHT - (double) i / GRID * (HEIGHT - 10);
      svg.append(
          text(
              "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
                  + " text-anchor=\"end\" font-size=\"11\">%s</text>",
              LEFT, y, WIDTH, LEFT - 6, y + 4, Report.shown(most * i / GRID)));
      double x = LEFT + (double) i / GRID * (WIDTH - LEFT - 30);
      svg.append(
          text(
              "<text x=\"%.1f\" y=\"%d\" font-size=\"11\">%s %s</text>",
              x, HEIGHT + 16, Report.shown(longest * i / GRID), unit));
    }
    for (int i = 0; i < lines.size(); i++) {
      svg.append(drawn(lines.get(i), i, longest, most));
    }
    return svg.append("</svg>").toString();
  }

  private static String drawn(Line line, int index, double longest, double most) {
    String colour = COLOURS.get(index % COLOURS.size());
    StringBuilder points = new StringBuilder();
    for (Point point : line.points) {
      points.append(
          text(
              "%.1f,%.1f ",
              LEFT + point.x() / longest * (WIDTH - LEFT - 30),
              HEIGHT - point.y() / most * (HEIGHT - 10)));
    }
    int x = LEFT + index % 4 * 200;
    int y = HEIGHT + BOTTOM + 14 + index / 4 * 20;
    return text(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>"
            + "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"3\" fill=\"%s\"/>"
            + "<text x=\"%d\" y=\"%d\" font-size=\"12\">%s</text>",
        colour, points.toString().strip(), x, y - 5, colour, x + 18, y, line.name);
  }

  private static double most(List<Line> lines, boolean upwards) {
    return lines.stream()
        .flatMap(line -> line.points.stream())
        .mapToDouble(point -> upwards ? point.y() : point.x())
        .max()
        .orElse(0);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
