package io.scrutin.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainLogTest {
  private static final String FILE = "logback.configurationFile";

  private final PrintStream before = System.out;
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
    System.setOut(before);
    System.clearProperty(FILE);
  }

  private String said(String line) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    new ContextInitializer(context).autoConfig();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.start();
    context.getLogger("io.scrutin.verify.VerifyVotes").info(line);
    context.getLogger("io.scrutin.verify.VerifyVotes").debug("too much");
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysOneLineAnEntryWithItsTimeAndWhoSaysIt() throws Exception {
    assertThat(said("the roll is loaded"))
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO  i\\.s\\.verify\\.VerifyVotes the roll is loaded\\R");
  }

  @Test
  void leavesItToTheFileThatSomebodyNames(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("other.xml");
    Files.writeString(
        file,
        """
        <configuration>
          <appender name="o" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>other: %msg%n</pattern></encoder>
          </appender>
          <root level="info"><appender-ref ref="o"/></root>
        </configuration>
        """);
    System.setProperty(FILE, file.toString());
    assertThat(said("the roll is loaded")).isEqualToIgnoringNewLines("other: the roll is loaded");
  }
}
