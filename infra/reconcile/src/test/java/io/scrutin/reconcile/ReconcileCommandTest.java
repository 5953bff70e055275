package io.scrutin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconcileCommandTest {
  @TempDir static Path dir;

  @Test
  void aSmallElectionBalances() throws Exception {
    try (Election election =
        new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600)).voted()) {
      StringWriter out = new StringWriter();
      int code =
          ReconcileCommand.run(
              List.of(), election.environment(), new PrintWriter(out), new PrintWriter(out));
      System.out.println(out);
      assertThat(out.toString()).contains("The books balance.");
      assertThat(code).isZero();
    }
  }
}
