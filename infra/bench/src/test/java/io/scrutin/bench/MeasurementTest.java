package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scrutin.bench.BenchOptions.Load;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A small one, on a system and servers that are as real as those of a large one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MeasurementTest {
  private Found found;

  @BeforeAll
  void measure(@TempDir Path dir) throws Exception {
    BenchOptions options =
        new BenchOptions(
            dir,
            false,
            true,
            1,
            Duration.ofSeconds(3),
            new Load.Steady(150, Duration.ofSeconds(6)));
    found = Measurement.take(options, Duration.ofSeconds(1), new PrintWriter(System.out, true));
  }

  @Test
  void everyVoteIsCountedOnceAndTheBooksBalance() {
    assertThat(found.faults()).isEmpty();
    assertThat(found.accepted()).isEqualTo(9 * 150);
    assertThat(found.balance().votes().recorded()).isEqualTo(9 * 150);
  }

  @Test
  void whatIsNotYetOpenedIsLessThanAGroup() {
    assertThat(found.balance().ballots().waiting()).isLessThan(Bench.GROUP_SIZE);
    assertThat(found.balance().ballots().inBox()).isGreaterThan(1_200);
  }

  @Test
  void theLastLineHasEveryFigure() throws Exception {
    JsonNode json = new ObjectMapper().readTree(new Report(found).json());
    for (String key :
        new String[] {
          "tallied_per_s",
          "accepted_per_s",
          "submit_p50_ms",
          "submit_p95_ms",
          "submit_p99_ms",
          "recorded_p95_ms",
          "cpu_s_per_million",
          "roof_submit_per_s",
          "roof_publish_per_s",
          "roof_claim_per_s",
          "roof_insert_per_s",
          "ratio_to_roof",
          "redis_roll_mb",
          "redis_mb",
          "first_10_s_p99_ms"
        }) {
      assertThat(json.path(key).asDouble()).as(key).isPositive();
    }
    assertThat(json.path("lost").asLong()).isZero();
    assertThat(json.path("double").asLong()).isZero();
    assertThat(json.path("valid").asBoolean()).isTrue();
    for (String process : new String[] {"system", "nats", "redis", "postgres", "driver"}) {
      assertThat(json.path("rss_mb").path(process).asInt()).as(process).isPositive();
    }
  }

  @Test
  void thePageStandsAlone() {
    String page = new BenchPage(found).html();
    assertThat(page).contains("<svg", "polyline", "Votes a second").doesNotContain("src=", "NaN");
  }
}
