package io.scrutin.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteCsvTest {
  private static String cell(Object value) {
    String csv = WriteCsv.of(new Sheet(Kind.REFUSALS, List.of(List.of(value, 1L))));
    return csv.substring("reason,count\r\n".length(), csv.length() - ",1\r\n".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "too_late|too_late",
        "a, b|\"a, b\"",
        "say \"no\"|\"say \"\"no\"\"\"",
        "=1+1|'=1+1",
        "+1|'+1",
        "-1|'-1",
        "@SUM(A1)|'@SUM(A1)",
        "＝1|'＝1",
        "=a,b|\"'=a,b\"",
      })
  void writesTextsAsTexts(String text, String field) {
    assertThat(cell(text)).isEqualTo(field);
  }

  @Test
  void leavesNumbersNumbersAndLineBreaksInQuotes() {
    assertThat(cell(-5L)).isEqualTo("-5");
    assertThat(cell("a\r\nb")).isEqualTo("\"a\r\nb\"");
    assertThat(cell("\tx")).isEqualTo("'\tx");
  }

  @Test
  void readsWhatItWroteOfJson() throws Exception {
    String json = "{\"a\":[1,2.50,true,\"é\\\"\"],\"b\":{\"c\":\"\"}}";
    assertThat(Tree.read(json).json()).isEqualTo(json);
    assertThat(Tree.read("{\"a\":null}").fields()).isEqualTo(Map.of());
  }

  @Test
  void hasEveryTextInBothLanguages() {
    assertThat(new TreeSet<>(Wording.of(Locale.FRENCH).texts().keySet()))
        .isEqualTo(new TreeSet<>(Wording.of(Locale.ENGLISH).texts().keySet()));
  }
}
