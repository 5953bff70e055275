package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleProcessesTest {
  @TempDir Path dir;

  /** As after a SIGKILL of {@code up --sleep}, started as packages are: the mark comes last. */
  @Test
  void endsAFunctionThatNobodyKeepsAnyMore() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            NappingFunction.class.getName(),
            dir.toString(),
            FunctionProcess.marker(dir));
    FunctionProcess left = FunctionProcess.start("verify", command, dir, Map.of());
    left.awaitReady();
    StaleProcesses.end(dir);
    Await.until(() -> left.onExit().isDone(), "the function ends");
    assertThat(Files.exists(dir.resolve("run").resolve("verify.pid"))).isFalse();
  }
}
