package io.scrutin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elections under faults, and the simulation itself. */
final class SimulationTest {
  @TempDir static Path keys;
  private static Election election;

  @BeforeAll
  static void keepKeys() throws Exception {
    election = Election.in(keys);
  }

  private static Simulation.Result run(long seed) {
    return new Simulation(seed, election, new Coverage(), CrashPoints.of(seed)).run();
  }

  @Test
  void repeatsASeedTurnByTurn() {
    Simulation.Result once = run(7);
    assertThat(run(7)).isEqualTo(once);
    assertThat(run(8).trace()).isNotEqualTo(once.trace());
  }

  @Test
  void sendsTwoHundredVotesUnderThreeKindsOfFault() {
    Simulation.Result result = run(11);
    assertThat(result.votes()).isGreaterThanOrEqualTo(200);
    assertThat(result.faults()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aimsAtEachCrashPointAsOften() {
    Set<CrashPoint> aimed = new TreeSet<>();
    for (long seed = 0; seed < CrashPoints.ALL.size(); seed++) {
      aimed.addAll(CrashPoints.of(seed));
    }
    assertThat(aimed).containsExactlyInAnyOrderElementsOf(CrashPoints.ALL);
  }

  @Test
  void refusesAnOptionThatItDoesNotKnow() {
    StringWriter said = new StringWriter();
    int status =
        new SimulateCommand()
            .run(List.of("--sed", "1"), Map.of(), new PrintWriter(said), new PrintWriter(said));
    assertThat(status).isEqualTo(2);
    assertThat(said.toString()).contains("there is no --sed");
  }
}
