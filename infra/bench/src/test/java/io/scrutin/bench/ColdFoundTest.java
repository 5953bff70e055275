package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.FunctionUse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ColdFoundTest {
  private static ColdFound.Start start(long... millisAndMebibytes) {
    List<Long> figures = Arrays.stream(millisAndMebibytes).boxed().toList();
    return new ColdFound.Start(figures.subList(0, 3), figures.subList(3, 6));
  }

  private static FunctionUse woken(String function, long ready, long answered) {
    return new FunctionUse(
        function,
        List.of(Duration.ofMillis(ready)),
        List.of(Duration.ofMillis(answered)),
        Duration.ZERO,
        Duration.ZERO,
        0,
        true);
  }

  private static final ColdFound FOUND =
      new ColdFound(
          Map.of(
              "submit", start(400, 450, 500, 101, 102, 103),
              "verify", start(380, 390, 900, 120, 121, 122),
              "store", start(350, 360, 370, 130, 131, 132)),
          List.of(woken("verify", 1_200, 1_500)),
          List.of(2_500L, 2_300L, 8_000L));

  /** Of verify and store each figure is that of the worse one. */
  @Test
  void aRowIsOfTheSlowestAndTheLargestOfTheirKind() {
    assertThat(FOUND.row(LocalDate.of(2026, 11, 22), "abc"))
        .isEqualTo("| 2026-11-22 | abc | 450 | 102 | 390 | 131 | 2,500 |");
  }

  @Test
  void tellsAStartAloneFromOneInACrowd() {
    StringWriter text = new StringWriter();
    FOUND.print(new PrintWriter(text));
    assertThat(text.toString()).contains("1200, 1500").contains("median 2,500 ms");
  }

  @Test
  void theLastLineHasEachFunction() {
    assertThat(FOUND.json())
        .startsWith("{\"zero_to_recorded_ms\":2500,")
        .contains("\"submit\":{\"first_answer_ms\":450,\"rss_mb\":102}");
  }
}
