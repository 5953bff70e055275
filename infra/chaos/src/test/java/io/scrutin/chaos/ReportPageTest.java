package io.scrutin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.chaos.Breach.Promise;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private static Told told(long seconds, int status) {
    long at = START.toEpochMilli() + seconds * 1_000;
    return new Told(0, at, at + 30, status, "");
  }

  @Test
  void showsEachFaultWithWhatVotersWereAnsweredMeanwhile() {
    Happening happening =
        new Happening(
            new Fault.Ended(Kind.KILL, "store-1"),
            START.plusSeconds(10),
            START.plusSeconds(10),
            START.plusSeconds(10),
            "");
    String page =
        page(
            List.of(happening),
            List.of(told(0, 202), told(11, 202), told(12, 202), told(13, 503)),
            new Verdict(4, 0, List.of()));
    assertThat(page)
        .contains("SIGKILL to store-1", "2 × 202, 1 × 503", "Every promise held.", "<svg")
        .doesNotContain("Breaches", "http://", "https://");
  }

  @Test
  void showsEachBreach() {
    Verdict verdict = new Verdict(4, 0, List.of(new Breach(Promise.LOST, "<0123>")));
    assertThat(page(List.of(), List.of(told(0, 202)), verdict))
        .contains("NOT every promise held.", "has no outcome", "&lt;0123>");
  }

  private static String page(List<Happening> happenings, List<Told> told, Verdict verdict) {
    ChaosOptions options = new ChaosOptions(Path.of("chaos"), 60, 10, 1, EnumSet.allOf(Kind.class));
    return new ReportPage(options, happenings, told, verdict, "{}").html();
  }
}
