package io.scrutin.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void isAsWideAsItsRowsAndPutsNumbersToTheRight() {
    StringWriter text = new StringWriter();
    new TextTable("what", "votes")
        .row("cast", 12_345L)
        .row("duplicated", 7)
        .print(new PrintWriter(text));
    assertThat(text.toString().lines())
        .containsExactly("  what        votes", "  cast        12,345", "  duplicated       7");
  }
}
