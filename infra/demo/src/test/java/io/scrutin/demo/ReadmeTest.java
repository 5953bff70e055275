package io.scrutin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.Progress;
import io.scrutin.standalone.Shape;
import io.scrutin.standalone.Standalone;
import io.scrutin.standalone.UpOptions;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's election, command by command, as its reader types it. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("scrutin.root"));
  private static final String SECTION = "## An election, from a list of people to a signed result";
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(120);

  /** Of the README's minute the test waits as little as the rules allow. */
  private static final String SOONER = " --margin 20";

  @TempDir static Path dir;
  private static Standalone system;

  @BeforeAll
  static void start() throws Exception {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    UpOptions options =
        new UpOptions(
            0,
            dir.resolve(".scrutin"),
            100,
            new Shape.Together(),
            false,
            Duration.ofSeconds(2),
            false);
    system = Standalone.start(options, new Progress(nowhere, false, 1));
    Path script = dir.resolve("scrutin");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' -cp '%s' -Dscrutin.root='%s' io.scrutin.standalone.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                ROOT));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void electionGoesAsItSays() throws Exception {
    List<String> blocks = blocks();
    assertThat(blocks).hasSize(7);
    assertThat(blocks.get(0)).isEqualTo("./scrutin up --no-demo\n");
    assertThat(run(blocks.get(1))).contains("3");
    run(blocks.get(2));
    Await.until(
        () -> run("curl -s " + system.url() + "/api/v1/contests").contains("parks-2026"),
        "submit knows the contest");
    assertThat(run(blocks.get(3))).contains("\"status\":\"recorded\"");
    run(blocks.get(4).replace("close parks-2026", "close parks-2026" + SOONER));
    String publish = blocks.get(5).replace("publish parks-2026", "publish parks-2026 --settling 2");
    Await.until(
        Duration.ofSeconds(90), () -> type(publish).status() == 0, "the result can be published");
    run(blocks.get(6));
  }

  private static List<String> blocks() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    int start = readme.indexOf(SECTION);
    assertThat(start).isPositive();
    String section = readme.substring(start, readme.indexOf("\n## ", start + 1));
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(section);
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  /** Each command of the block must succeed. */
  private static String run(String block) throws IOException, InterruptedException {
    Typed typed = type(block);
    assertThat(typed.status()).as(block + typed.output()).isZero();
    return typed.output();
  }

  /** What came of it. */
  private record Typed(int status, String output) {}

  private static Typed type(String block) throws IOException, InterruptedException {
    Path said = Files.createTempFile(dir, "said", ".txt");
    Process shell =
        new ProcessBuilder(
                "bash", "-ec", block.replace("http://localhost:8080", system.url().toString()))
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!shell.waitFor(LONGEST_BLOCK.toSeconds(), TimeUnit.SECONDS)) {
      shell.destroyForcibly();
      throw new IOException("no end of: " + block);
    }
    return new Typed(shell.exitValue(), Files.readString(said));
  }
}
