package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  @Test
  void saysWhereTheNextPageStarts() {
    Page<Integer> page = Page.of(List.of(9, 8, 7), 2, number -> new Cursor(DURING, vote(number)));
    assertThat(page).isEqualTo(new Page<>(List.of(9, 8), new Cursor(DURING, vote(8)).toString()));
  }

  @Test
  void saysNothingOfANextPageOnTheLast() {
    Page<Integer> page = Page.of(List.of(9, 8), 2, number -> new Cursor(DURING, vote(number)));
    assertThat(page).isEqualTo(new Page<>(List.of(9, 8), null));
  }

  @Property
  void readsTheCursorItWrote(
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000_000L) long micros) {
    Cursor cursor = new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), vote(7));
    assertThat(Cursor.parse(cursor.toString())).contains(cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1-00",
        "x-00000000000000000000000000000000",
        "99999999999999999999-00000000000000000000000000000000"
      })
  void readsNoOtherCursor(String text) {
    assertThat(Cursor.parse(text)).isEmpty();
  }

  @Test
  void roundsTheTurnoutToHundredthsOfAPercent() {
    assertThat(Turnout.percent(1, 3L)).isEqualTo(new BigDecimal("33.33"));
    assertThat(Turnout.percent(8_000_000, 8_000_000L)).isEqualTo(new BigDecimal("100.00"));
    assertThat(Turnout.percent(0, 0L)).isNull();
    assertThat(Turnout.percent(5, null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "0000000000000000000000000000000g", "000000000000000000000000000000000"})
  void readsNoRequestIdOfAnotherForm(String text) {
    assertThat(RequestId.parse(text)).isEmpty();
  }
}
