package io.scrutin.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | EN",
        "fr | FR",
        "EN-ca | EN",
        "en;q=0.5, fr;q=0.4 | EN",
        "en;q=0.4, fr;q=0.5 | FR",
        "en, fr | EN",
        "de, en;q=0.1 | EN",
        "de | FR",
        "en;q=0 | FR",
        "en;q=nonsense, fr;q=0.1 | FR",
        "en;q=7 | FR",
        "*;q=0.5, en;q=0.6 | EN",
        "* | FR",
        "english | FR",
        ";;q=,, | FR",
      })
  void choosesByWeightThenByOrder(String header, Language expected) {
    assertThat(Language.preferred(header)).isEqualTo(expected);
  }

  @Test
  void answersInFrenchWhoStatesNoPreference() {
    assertThat(Language.preferred(null)).isEqualTo(Language.FR);
  }

  @Test
  void readsNoMoreRangesThanItsBound() {
    assertThat(Language.preferred("de,".repeat(100_000) + "en")).isEqualTo(Language.FR);
  }
}
