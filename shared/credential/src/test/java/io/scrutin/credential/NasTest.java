package io.scrutin.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NasTest {
  /** The fictitious number that is commonly published, and Revenue Canada's in its guide T4028. */
  @ParameterizedTest
  @ValueSource(strings = {"046 454 286", "550 911 895"})
  void readsPublishedExamples(String published) {
    assertThat(Nas.parse(published)).contains(new Nas(published.replace(" ", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "046454286",
        "046-454-286",
        " 046 454 286 ",
        "046\u00a0454\u202f286",
        "0-4 6454286"
      })
  void readsTheSameNumberHoweverItIsSpaced(String typed) {
    assertThat(Nas.parse(typed)).contains(new Nas("046454286"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "04645428",
        "0464542860",
        "046454287",
        "046.454.286",
        "046\t454\t286",
        "04645428x",
        "\u0660\u0664\u0666\u0664\u0665\u0664\u0662\u0668\u0666",
        "0 4 6 4 5 4 2 8 6                      "
      })
  void refusesWhatIsNoNas(String typed) {
    assertThat(Nas.parse(typed)).isEmpty();
  }

  @Property
  void hasOneCheckDigit(@ForAll @NumericChars @StringLength(8) String body) {
    long fitting = 0;
    for (int digit = 0; digit < 10; digit++) {
      fitting += Nas.parse(body + digit).stream().count();
    }
    assertThat(fitting).isEqualTo(1);
  }

  @Property
  void refusesEverySingleWrongDigit(
      @ForAll @IntRange(max = 8) int at, @ForAll @IntRange(max = 9) int digit) {
    StringBuilder number = new StringBuilder("046454286");
    boolean same = number.charAt(at) == '0' + digit;
    number.setCharAt(at, (char) ('0' + digit));
    assertThat(Nas.parse(number.toString()).isPresent()).isEqualTo(same);
  }

  @Test
  void showsItsDigitsNeitherInTextNorInAnException() {
    assertThat(Nas.parse("046454286").orElseThrow()).hasToString("nas");
    assertThatThrownBy(() -> new Nas("046454287"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("046");
  }
}
