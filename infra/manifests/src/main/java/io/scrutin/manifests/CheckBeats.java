package io.scrutin.manifests;

import io.scrutin.doorkeeper.Heartbeat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a function that remembers something from one heartbeat to the next is still there at the
 * next: tally has in memory since when a contest is still.
 */
final class CheckBeats {
  private static final Set<Heartbeat> REMEMBERING = Set.of(Heartbeat.TALLY);

  /** One may be late and one may be lost. */
  private static final int BEATS = 3;

  private static final int MINUTE_SECONDS = 60;
  private static final String SCALING = "autoscaling.knative.dev/";
  private static final String RETENTION = "scale-to-zero-pod-retention-period";

  private CheckBeats() {}

  static List<Fault> of(Document document) {
    Optional<Heartbeat> beat =
        REMEMBERING.stream()
            .filter(remembering -> remembering.function().equals(document.name()))
            .findFirst();
    if (!document.isFunction() || beat.isEmpty()) {
      return List.of();
    }
    double awake = Math.max(seconds(document, "window"), seconds(document, RETENTION));
    long least = (long) BEATS * MINUTE_SECONDS * pause(beat.get().schedule());
    return awake >= least
        ? List.of()
        : List.of(
            document.fault(
                "spec.template.metadata.annotations." + SCALING + "window",
                "is "
                    + least
                    + "s at least: asleep between two heartbeats it forgets that all is still"));
  }

  private static double seconds(Document document, String annotation) {
    String text =
        document.text("spec", "template", "metadata", "annotations", SCALING + annotation);
    return Numbers.seconds(text).orElse(0.0);
  }

  /**
   * The minutes from one beat to the next, the longest, of a schedule that is the same each hour.
   */
  static int pause(String schedule) {
    String minutes = schedule.substring(0, schedule.indexOf(' '));
    if (minutes.equals("*")) {
      return 1;
    }
    int[] at = Arrays.stream(minutes.split(",", -1)).mapToInt(Integer::parseInt).sorted().toArray();
    int longest = at[0] + MINUTE_SECONDS - at[at.length - 1];
    for (int i = 1; i < at.length; i++) {
      longest = Math.max(longest, at[i] - at[i - 1]);
    }
    return longest;
  }
}
