package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Builds a module outside of the reactor with the reactor's own settings, to see that what has to
 * fail does: a check that was switched off by mistake looks just like code without faults.
 */
final class BuildCanaryTest {
  private static final Path ROOT = House.ofThisRepository().root();

  /** Inside the repository, so that Maven finds the settings in its {@code .mvn}. */
  private static final Path CANARY = ROOT.resolve("infra/house/target/canary");

  private static final Path SOURCES = CANARY.resolve("src/main/java/io/scrutin/canary");

  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>io.scrutin</groupId>
          <artifactId>scrutin</artifactId>
          <version>%s</version>
          <relativePath>../../../../pom.xml</relativePath>
        </parent>
        <artifactId>scrutin-canary</artifactId>
      </project>
      """;

  private static final String MARKED =
      """
      @NullMarked
      package io.scrutin.canary;

      import org.jspecify.annotations.NullMarked;
      """;

  @BeforeEach
  void anEmptyModule() throws IOException {
    if (Files.exists(CANARY)) {
      try (Stream<Path> files = Files.walk(CANARY)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
      }
    }
    Files.createDirectories(SOURCES);
    Files.writeString(CANARY.resolve("pom.xml"), POM.formatted(version()));
    Files.writeString(SOURCES.resolve("package-info.java"), MARKED);
  }

  private static String version() {
    String pom = House.text(ROOT.resolve("pom.xml"));
    return pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));
  }

  @Test
  void theBuildFailsOnNullAndOnWhatErrorProneKnows() throws IOException {
    Files.writeString(
        SOURCES.resolve("Null.java"),
        """
        package io.scrutin.canary;

        final class Null {
          String none() {
            return null;
          }
        }
        """);
    Files.writeString(
        SOURCES.resolve("Lost.java"),
        """
        package io.scrutin.canary;

        final class Lost {
          void forget() {
            new IllegalStateException("never thrown");
          }
        }
        """);
    Command build = maven("compile", "-Dformat.goal=format");
    assertThat(build.status()).isNotZero();
    assertThat(build.output()).contains("Null.java", "[NullAway]");
    assertThat(build.output()).contains("Lost.java", "[DeadException]");
  }

  @Test
  void theBuildFailsOnASourceThatIsNotFormatted() throws IOException {
    Files.writeString(
        SOURCES.resolve("Crooked.java"), "package io.scrutin.canary;\nfinal class Crooked  { }\n");
    Command build = maven("process-sources", "-Dformat.goal=check");
    assertThat(build.status()).isNotZero();
    assertThat(build.output()).contains("Crooked.java");
  }

  @Test
  void theBuildPassesOnceNothingIsWrong() throws IOException {
    Files.writeString(
        SOURCES.resolve("Sound.java"),
        """
        package io.scrutin.canary;

        final class Sound {
          String some() {
            return "";
          }
        }
        """);
    Command build = maven("compile", "-Dformat.goal=check");
    assertThat(build.output()).doesNotContain("ERROR");
    assertThat(build.status()).isZero();
  }

  /** Offline: the reactor before this module has fetched all of it. */
  private static Command maven(String phase, String... options) {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("mvnw").toString());
    command.addAll(List.of("-B", "-o", "-f", CANARY.resolve("pom.xml").toString(), phase));
    command.addAll(List.of(options));
    String repository = System.getProperty("scrutin.maven-repository");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    return Command.run(ROOT, command);
  }
}
