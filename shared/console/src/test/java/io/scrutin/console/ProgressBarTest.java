package io.scrutin.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private static final long SECOND = 1_000_000_000;

  private final StringWriter written = new StringWriter();
  private final AtomicLong now = new AtomicLong(7);

  private ProgressBar bar(boolean terminal, long total) {
    return new ProgressBar(new PrintWriter(written), terminal, "load", total, now::get);
  }

  private void advance(ProgressBar bar, long by, long seconds) {
    now.addAndGet(seconds * SECOND);
    bar.advance(by);
  }

  @Test
  void saysEachTenthOnceOnALineWhereNothingCanBeRedrawn() {
    try (ProgressBar bar = bar(false, 1000)) {
      for (int i = 0; i < 100; i++) {
        advance(bar, 10, 1);
      }
    }
    assertThat(written.toString().lines()).hasSize(10).allMatch(line -> line.startsWith("load: "));
  }

  @Test
  void saysWhatIsDoneAtOnceInOneLine() {
    try (ProgressBar bar = bar(false, 1000)) {
      for (int i = 0; i < 1000; i++) {
        bar.advance(1);
      }
    }
    assertThat(written.toString().lines()).singleElement().asString().contains("100 %");
  }

  @Test
  void saysRateAndWhatIsLeft() {
    ProgressBar bar = bar(false, 8_000_000);
    advance(bar, 2_000_000, 10);
    assertThat(written.toString())
        .isEqualToIgnoringNewLines("load:  25 %, 2,000,000 of 8,000,000, 200,000/s, 30 s left");
  }

  @Test
  void drawsOverItsLineOnATerminalAndEndsIt() {
    ProgressBar bar = bar(true, 100);
    advance(bar, 50, 1);
    advance(bar, 50, 1);
    bar.close();
    assertThat(written.toString().lines().filter(line -> !line.isEmpty())).hasSize(3);
    assertThat(written.toString())
        .contains("\r")
        .contains("100 %")
        .endsWith(System.lineSeparator());
  }

  @Test
  void drawsNoOftenerThanCanBeRead() {
    ProgressBar bar = bar(true, 1000);
    for (int i = 0; i < 1000; i++) {
      bar.advance(1);
    }
    assertThat(written.toString().chars().filter(c -> c == '\r')).hasSize(1);
  }

  @Test
  void survivesWorkOfUnknownOrNoSize() {
    try (ProgressBar bar = bar(false, 0)) {
      bar.advance(5);
    }
    assertThat(written.toString()).contains("100 %");
  }
}
