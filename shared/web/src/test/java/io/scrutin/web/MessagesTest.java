package io.scrutin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MessagesTest {
  private final Messages messages = Messages.beside(Messages.class);

  @Test
  void haveTheSameKeysInBothLanguages() {
    assertThat(messages.keys(Language.FR)).isNotEmpty().isEqualTo(messages.keys(Language.EN));
  }

  @Test
  void leaveNoTextEmptyOrUntranslated() {
    for (String key : messages.keys(Language.FR)) {
      assertThat(messages.text(Language.FR, key))
          .isNotBlank()
          .isNotEqualTo(messages.text(Language.EN, key));
    }
  }

  @Test
  void keepApostrophes() {
    assertThat(messages.text(Language.FR, "not-found.detail"))
        .isEqualTo("Il n'y a rien à cette adresse.");
  }

  @Test
  void refuseAKeyThatNoBundleHas() {
    assertThatThrownBy(() -> messages.text(Language.EN, "no-such-text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-text");
  }

  @Test
  void refuseAModuleWithoutTexts() {
    assertThatThrownBy(() -> Messages.beside(String.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("messages_fr.properties");
  }
}
