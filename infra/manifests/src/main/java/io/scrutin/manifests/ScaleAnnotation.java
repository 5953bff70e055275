package io.scrutin.manifests;

import java.util.Optional;
import java.util.Set;

/** The annotations that Knative's autoscaler reads, and what each may hold. */
final class ScaleAnnotation {
  private static final double SIX_SECONDS = 6;
  private static final double ONE_HOUR = 3600;

  private ScaleAnnotation() {}

  /**
   * @param name without {@code autoscaling.knative.dev/}
   */
  static Optional<String> problem(String name, String value) {
    return switch (name) {
      case "min-scale", "max-scale", "initial-scale" -> whole(value, 0);
      // One would be what it does anyway: Knative refuses it.
      case "activation-scale" -> whole(value, 2);
      case "class" ->
          word(value, Set.of("kpa.autoscaling.knative.dev", "hpa.autoscaling.knative.dev"));
      // cpu and memory are the other class's.
      case "metric" -> word(value, Set.of("concurrency", "rps"));
      case "target" -> decimal(value, 0.01, Double.MAX_VALUE);
      case "target-utilization-percentage" -> decimal(value, 1, 100);
      case "target-burst-capacity" ->
          value.equals("-1") ? Optional.empty() : decimal(value, 0, Double.MAX_VALUE);
      case "panic-window-percentage" -> decimal(value, 1, 100);
      case "panic-threshold-percentage" -> decimal(value, 110, 1000);
      case "window" -> seconds(value, SIX_SECONDS, true);
      case "scale-down-delay" -> seconds(value, 0, true);
      case "scale-to-zero-pod-retention-period" -> seconds(value, 0, false);
      case String _ -> Optional.of("Knative knows no such annotation");
    };
  }

  private static Optional<String> word(String value, Set<String> words) {
    return words.contains(value)
        ? Optional.empty()
        : Optional.of("'" + value + "' is none of " + words.stream().sorted().toList());
  }

  private static Optional<String> whole(String value, long least) {
    return Numbers.whole(value).filter(number -> number >= least).isPresent()
        ? Optional.empty()
        : Optional.of("'" + value + "' is no whole number of at least " + least);
  }

  private static Optional<String> decimal(String value, double least, double most) {
    return Numbers.decimal(value).filter(number -> number >= least && number <= most).isPresent()
        ? Optional.empty()
        : Optional.of("'" + value + "' is no number within its range, from " + least);
  }

  private static Optional<String> seconds(String value, double least, boolean whole) {
    return Numbers.seconds(value)
            .filter(time -> time >= least && time <= ONE_HOUR)
            .filter(time -> !whole || time == Math.rint(time))
            .isPresent()
        ? Optional.empty()
        : Optional.of(
            "'" + value + "' is no duration from " + (long) least + "s to 1h, such as 60s");
  }
}
