package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.bench.BenchOptions.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WriteRowTest {
  private static final Load LOAD = new Load.Steady(1_000, Duration.ofSeconds(60));
  private static final String PAGE =
      "# x\n" + WriteRow.begin(LOAD) + "\n| a |\n|---|\n| 1 |\n<!-- end of runs -->\nrest\n";

  @Test
  void addsTheRowBelowThoseBefore() {
    assertThat(WriteRow.into(PAGE, WriteRow.begin(LOAD), "| 2 |"))
        .isEqualTo(PAGE.replace("| 1 |\n", "| 1 |\n| 2 |\n"));
  }

  @Test
  void refusesAPageWithoutItsTable() {
    assertThatThrownBy(() -> WriteRow.into("# x\n", WriteRow.begin(LOAD), "| 2 |"))
        .hasMessageContaining(WriteRow.begin(LOAD));
  }

  @Test
  void thePageOfThisRepositoryHasATableForEachKind() throws IOException {
    Path root = Path.of(System.getProperty("scrutin.root"));
    String page = Files.readString(root.resolve("docs/performance.md"));
    for (String table :
        List.of(
            WriteRow.begin(new Load.Highest(1)),
            WriteRow.begin(LOAD),
            WriteRow.begin(new Load.Nation(1, 0)),
            WriteRow.begin(new Load.Day(1, Duration.ofSeconds(1))),
            WriteRow.begin(new Load.Backlog(1)),
            ColdFound.BEGIN)) {
      assertThat(WriteRow.into(page, table, "| a row |")).contains("| a row |");
    }
  }
}
