package io.scrutin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises, in as many elections as it takes to reach every crash point again and again. */
final class TenThousandElectionsTest {
  private static final String SEEDS = System.getProperty("scrutin.simulation.seeds", "10000");

  /**
   * Some twelve minutes of CPU, which no other test shall miss: other modules are tested meanwhile,
   * and wait for servers and timers more than half of their time. This takes only what they leave.
   */
  private static final List<String> BEHIND_ALL_OTHERS = List.of("nice", "-n", "15");

  @TempDir Path dir;

  @Test
  void keepItsPromisesUnderFaults() throws Exception {
    Path said = dir.resolve("said");
    Process run =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      int status = run.waitFor();
      System.out.println(Files.readString(said));
      assertThat(status).as(Files.readString(said)).isZero();
    } finally {
      run.destroy();
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>(BEHIND_ALL_OTHERS);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SimulateCommand.class.getName(), "--seeds", SEEDS));
    return command;
  }
}
