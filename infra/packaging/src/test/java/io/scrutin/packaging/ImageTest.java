package io.scrutin.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scrutin.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real image, where an engine is there to build and run one. */
final class ImageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration START = Duration.ofMinutes(2);
  private static final String BASE = "scrutin-test/base";
  private static final String IMAGE = "scrutin-test/store";

  /** A container may end with it when it is told to stop; 137 were an end by force. */
  private static final String TERMINATED = "143";

  @TempDir Path dir;

  @Test
  void startsFromItsCacheWithoutAnyRightAndEndsWhenItIsTold() throws Exception {
    assumeEngine();
    makeBase();
    Path context = Files.createDirectories(dir.resolve("context"));
    Files.copy(Laid.ROOT.resolve("Dockerfile"), context.resolve("Dockerfile"));
    Laid.out(Files.createDirectories(context.resolve("dist")), Laid.parcel("store"));
    docker(
        "build",
        "--network",
        "none",
        "--build-arg",
        "BASE=" + BASE,
        "--build-arg",
        "NAME=store",
        "-t",
        IMAGE,
        context.toString());
    List<String> run = new ArrayList<>(List.of("run", "-d", "--network", "none", "--read-only"));
    run.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    // From the cache, or not at all.
    run.addAll(List.of("-e", "JDK_JAVA_OPTIONS=-XX:AOTMode=on"));
    RehearsalSurroundings.of(List.of(), dir)
        .forEach((name, value) -> run.addAll(List.of("-e", name + "=" + value)));
    run.add(IMAGE);
    String container = docker(run.toArray(String[]::new)).strip();
    try {
      Await.until(START, () -> answers(container), "the probe in the container is content");
      docker("stop", "-t", "60", container);
      assertThat(docker("inspect", "-f", "{{.State.ExitCode}} {{.Config.User}}", container).strip())
          .isEqualTo(TERMINATED + " 65532:65532");
    } finally {
      docker("rm", "-f", container);
      docker("rmi", IMAGE);
    }
  }

  private static boolean answers(String container) throws Exception {
    return run(List.of("docker", "exec", container, "/app/probe")).status() == 0;
  }

  /** An engine is not started for a test: it needs root, and the machine is not the test's. */
  private static void assumeEngine() throws Exception {
    String why;
    try {
      Said said = run(List.of("docker", "version", "--format", "{{.Server.Version}}"));
      why = said.status() == 0 ? "" : said.text().strip();
    } catch (IOException noClient) {
      why = "there is no docker command";
    }
    assumeTrue(
        why.isEmpty(), "no image is built and started here, since no engine answers: " + why);
  }

  private void makeBase() throws Exception {
    Path script = dir.resolve("base.sh");
    try (var text = ImageTest.class.getResourceAsStream("base.sh")) {
      Files.copy(Objects.requireNonNull(text), script);
    }
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    String base = dir.resolve("base").toString();
    Said said = run(List.of(script.toString(), System.getProperty("java.home"), base, BASE));
    assertThat(said.status()).as(said.text()).isZero();
  }

  private static String docker(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Said said = run(command);
    assertThat(said.status()).as(said.text()).isZero();
    return said.text();
  }

  private record Said(int status, String text) {}

  private static Said run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), text);
  }
}
