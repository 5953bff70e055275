package io.scrutin.manifests;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, quantities and durations as Kubernetes writes them. */
final class Numbers {
  private static final Pattern QUANTITY = Pattern.compile("([0-9.]+)([a-zA-Z]*)");

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("", BigDecimal.ONE),
          Map.entry("k", BigDecimal.TEN.pow(3)),
          Map.entry("M", BigDecimal.TEN.pow(6)),
          Map.entry("G", BigDecimal.TEN.pow(9)),
          Map.entry("T", BigDecimal.TEN.pow(12)),
          Map.entry("Ki", BigDecimal.TWO.pow(10)),
          Map.entry("Mi", BigDecimal.TWO.pow(20)),
          Map.entry("Gi", BigDecimal.TWO.pow(30)),
          Map.entry("Ti", BigDecimal.TWO.pow(40)));

  private static final Pattern DURATION_PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|h|m|s)");
  private static final Map<String, Double> SECONDS =
      Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3600.0);

  private Numbers() {}

  static Optional<Long> whole(String text) {
    return isWhole(text) ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  static boolean isWhole(String text) {
    return text.matches("-?[0-9]{1,15}");
  }

  static Optional<Double> decimal(String text) {
    return text.matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?")
        ? Optional.of(Double.valueOf(text))
        : Optional.empty();
  }

  static Optional<BigDecimal> quantity(String text) {
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches() || !matcher.group(1).matches("[0-9]+(\\.[0-9]+)?")) {
      return Optional.empty();
    }
    return Optional.ofNullable(UNITS.get(matcher.group(2)))
        .map(unit -> unit.multiply(new BigDecimal(matcher.group(1))));
  }

  /** Of a duration as Go writes it: {@code 60s}, {@code 1m30s}. */
  static Optional<Double> seconds(String text) {
    Matcher matcher = DURATION_PART.matcher(text);
    double sum = 0;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      sum += Double.parseDouble(matcher.group(1)) * SECONDS.getOrDefault(matcher.group(2), 0.0);
      end = matcher.end();
    }
    return end > 0 && end == text.length() ? Optional.of(sum) : Optional.empty();
  }
}
