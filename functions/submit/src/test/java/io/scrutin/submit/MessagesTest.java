package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.submit.Checked.Wrong;
import io.scrutin.web.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {
  @ParameterizedTest
  @EnumSource
  void sayInBothLanguagesWhatIsWrongWithAField(Wrong wrong) {
    String key = "field." + wrong.code();
    assertThat(VoteAnswers.MESSAGES.text(Language.FR, key))
        .isNotBlank()
        .isNotEqualTo(VoteAnswers.MESSAGES.text(Language.EN, key));
  }
}
