package io.scrutin.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs that are planted: as many as there should be, and none that has gone stale. */
class PlantTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  @TempDir Path dir;

  static List<Plant> plants() throws Exception {
    return Plant.in(ROOT.resolve("infra/harness/patches"));
  }

  @ParameterizedTest
  @MethodSource("plants")
  void eachFitsTheProductAsItIs(Plant plant) throws Exception {
    Process git =
        new ProcessBuilder("git", "apply", "--check", plant.patch().toString())
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes());
    assertThat(git.waitFor()).as(said).isZero();
    assertThat(plant.bug()).isNotEqualTo(plant.name()).endsWith(".");
  }

  /** A bug that no instrument sees is a promise that nothing holds. */
  @ParameterizedTest
  @MethodSource("plants")
  void eachWasCaughtAsThePageSays(Plant plant) throws Exception {
    assertThat(row(plant.name())).contains("| " + plant.bug() + " |").contains("| caught after ");
  }

  @Test
  void whoeverCaughtThemFoundNothingWithoutThem() throws Exception {
    assertThat(row(HarnessCommand.CONTROL)).doesNotContain("caught", "no judgement");
  }

  private static String row(String name) throws Exception {
    return Files.readAllLines(ROOT.resolve(HarnessCommand.PAGE)).stream()
        .filter(line -> line.startsWith("| `" + name + "` |"))
        .reduce("", String::concat);
  }

  @Test
  void thereAreAtLeastTwelve() throws Exception {
    assertThat(plants()).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void aPatchThatSaysNothingIsKnownByItsName() throws Exception {
    Path patch = Files.writeString(dir.resolve("mine.patch"), "diff --git a/x b/x\n");
    assertThat(Plant.read(patch).bug()).isEqualTo("mine");
  }

  @Test
  void refusesABugThatBreaksTheTable() throws Exception {
    Path patch = Files.writeString(dir.resolve("mine.patch"), "Bug: a | b\n");
    assertThatThrownBy(() -> Plant.read(patch)).isInstanceOf(IllegalArgumentException.class);
  }
}
