package io.scrutin.audit;

import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.audit.ReviewDecision.Word;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewDecisionTest {
  private static ReviewDecision by(String author, @Nullable String note) {
    return new ReviewDecision(vote(1), LAW, Word.UPHELD, author, note);
  }

  @Test
  void takesOneLineOfPlainText() {
    assertThat(by("Zoé O'Neil", "vérifié à 20 h 03, cf. 12345678").note()).startsWith("vérifié");
    assertThat(by("A", null).note()).isNull();
    assertThat(by("A", "x".repeat(500)).note()).hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "one\ntwo",
        "tab\there",
        "\u001b[31mred",
        "\u202eright to left",
        "a\u2028b"
      })
  void takesNoOtherText(String text) {
    assertThatThrownBy(() -> by(text, null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> by("A", text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesNoLongerText() {
    assertThatThrownBy(() -> by("x".repeat(81), null)).hasMessageContaining("1 to 80");
    assertThatThrownBy(() -> by("A", "x".repeat(501))).hasMessageContaining("1 to 500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"046454286", "NAS 046 454 286", "046-454-286 called"})
  void takesNothingThatMayBeANasAndDoesNotRepeatIt(String text) {
    assertThatThrownBy(() -> by("A", text))
        .hasMessageContaining("may be a NAS")
        .hasMessageNotContaining("454");
  }
}
