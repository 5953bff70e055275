package io.scrutin.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc123", "ABC123", "000000", "abcdefgh12345678"})
  void readsSixToSixteenLettersAndDigits(String typed) {
    assertThat(Code.parse(typed)).contains(new Code(typed.toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "------",
        "abc12",
        "abc-12",
        "abcdefgh123456789",
        "abc_123",
        "abcdé1",
        "abc12\u0663"
      })
  void refusesOtherForms(String typed) {
    assertThat(Code.parse(typed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc 123", "ABC-123", " abc\u00a0123 ", "A-B-C-1-2-3"})
  void readsACodeInTheGroupsInWhichItIsPrinted(String typed) {
    assertThat(Code.parse(typed)).contains(new Code("ABC123"));
  }

  @Test
  void refusesACodeLostAmongSeparators() {
    assertThat(Code.parse("ABC123" + "-".repeat(27))).isEmpty();
  }

  /** In Turkish, the capital of i is İ. */
  @Test
  void readsTheSameCodeInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr"));
      assertThat(Code.parse("iiiiii")).contains(new Code("IIIIII"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void showsItsTextNeitherInTextNorInAnException() {
    assertThat(new Code("ABC123")).hasToString("code");
    assertThatThrownBy(() -> new Code("abc123"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("abc");
  }
}
