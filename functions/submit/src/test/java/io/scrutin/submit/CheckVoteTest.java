package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.submit.Checked.Wrong;
import io.scrutin.submit.Checked.WrongField;
import io.scrutin.web.Form;
import io.scrutin.web.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckVoteTest {
  private static final Duration TOLERANCE = Duration.ofSeconds(5);
  private static final Instant DURING = Samples.OPENS.plusSeconds(60);
  private static final Contests CONTESTS =
      Contests.NONE.after(
          new ContestOpened(Samples.contest("law-1", Samples.OPENS, Samples.CLOSES)));

  @Test
  void acceptsAVoteInForm() {
    assertThat(check(Samples.vote(Samples.NAS, "abc123xy", "law-1", "oui")))
        .isInstanceOfSatisfying(
            Checked.Valid.class,
            valid -> {
              assertThat(valid.ballot().nas().digits()).isEqualTo("046454286");
              assertThat(valid.ballot().code().text()).isEqualTo("ABC123XY");
              assertThat(valid.ballot().choiceId()).isEqualTo("oui");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "046454287 | ABC123 | law-1 | oui | nas | INVALID_NAS",
        "04645428 | ABC123 | law-1 | oui | nas | INVALID_NAS",
        "0464542860 | ABC123 | law-1 | oui | nas | INVALID_NAS",
        "letters | ABC123 | law-1 | oui | nas | INVALID_NAS",
        "`` | ABC123 | law-1 | oui | nas | MISSING",
        "046454286 | ABC12 | law-1 | oui | code | INVALID_CODE",
        "046454286 | ABCDEFGHIJKLMNOPQ | law-1 | oui | code | INVALID_CODE",
        "046454286 | ABC_123 | law-1 | oui | code | INVALID_CODE",
        "046454286 | ÀBC123 | law-1 | oui | code | INVALID_CODE",
        "046454286 | ABC123 | `` | oui | law_id | MISSING",
        "046454286 | ABC123 | law-1 | maybe | vote | NOT_ON_BALLOT",
        "046454286 | ABC123 | law-1 | OUI | vote | NOT_ON_BALLOT",
        "046454286 | ABC123 | law-1 | `` | vote | MISSING",
      })
  void namesTheWrongField(
      String nas, String code, String lawId, String choice, String field, Wrong wrong) {
    assertThat(check(Samples.vote(nas, code, lawId, choice)))
        .isEqualTo(new Checked.WrongFields(List.of(new WrongField(field, wrong))));
  }

  @Test
  void namesEveryWrongFieldAtOnce() {
    Checked checked =
        check(
            "{\"nas\":\"1\",\"code\":2,\"law_id\":\"no-such-law\",\"vote\":null,\"email\":\"a\"}",
            "clé",
            DURING);
    assertThat(checked)
        .isInstanceOfSatisfying(
            Checked.WrongFields.class,
            wrong ->
                assertThat(wrong.fields())
                    .containsExactlyInAnyOrder(
                        new WrongField("Idempotency-Key", Wrong.INVALID_KEY),
                        new WrongField("nas", Wrong.INVALID_NAS),
                        new WrongField("code", Wrong.WRONG_TYPE),
                        new WrongField("vote", Wrong.WRONG_TYPE),
                        new WrongField("email", Wrong.UNKNOWN),
                        new WrongField("law_id", Wrong.UNKNOWN_LAW)));
  }

  @Test
  void namesEveryMissingField() {
    assertThat(check("{}"))
        .isInstanceOfSatisfying(
            Checked.WrongFields.class,
            wrong ->
                assertThat(wrong.fields())
                    .extracting(WrongField::name)
                    .containsExactly("nas", "code", "law_id", "vote"));
  }

  @Test
  void tellsAnUnknownLawFromAWrongField() {
    assertThat(check(Samples.vote(Samples.NAS, Samples.CODE, "law-2", "oui")))
        .isEqualTo(new Checked.UnknownLaw());
  }

  @Test
  void passesOnThatABodyIsNotOneObject() {
    assertThat(check("[]")).isEqualTo(new Checked.Malformed(Form.Fault.NOT_AN_OBJECT));
  }

  @ParameterizedTest
  @CsvSource({"1, true", "128, true", "0, false", "129, false"})
  void limitsAnIdempotencyKey(int length, boolean allowed) {
    Checked checked = check(valid(), "k".repeat(length), DURING);
    assertThat(checked instanceof Checked.Valid).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, not yet",
    "0, opening",
    "4, opening",
    "5, valid",
  })
  void sendsNothingThatTheBrokerCouldStampAsTooEarly(long secondsFromOpening, String expected) {
    assertThat(kind(check(valid(), null, Samples.OPENS.plusSeconds(secondsFromOpening))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, valid",
    "0, valid",
    "5, valid",
    "6, over",
  })
  void toleratesItsClockAtTheClosing(long secondsFromClosing, String expected) {
    assertThat(kind(check(valid(), null, Samples.CLOSES.plusSeconds(secondsFromClosing))))
        .isEqualTo(expected);
  }

  @Test
  void closesWhenAClosingSaysSo() {
    Instant early = Samples.CLOSES.minusSeconds(3600);
    Contests closedEarly = CONTESTS.after(new ContestClosed("law-1", early));
    assertThat(
            CheckVote.check(
                StrictJson.read(Samples.bytes(valid())),
                null,
                closedEarly,
                early.plusSeconds(60),
                TOLERANCE))
        .isInstanceOfSatisfying(
            Checked.Over.class, over -> assertThat(over.closedAt()).isEqualTo(early));
  }

  @Test
  void showsNoCredentialInAString() {
    String shown = check(valid()).toString();
    assertThat(shown).doesNotContain("046454286").doesNotContain("ABC123").doesNotContain("oui");
  }

  @Property
  void answersToAnyFieldsWithoutFailing(
      @ForAll String nas, @ForAll String code, @ForAll String lawId, @ForAll String choice) {
    Form form =
        new Form.Fields(
            Map.of(
                "nas", new Form.Text(nas),
                "code", new Form.Text(code),
                "law_id", new Form.Text(lawId),
                "vote", new Form.Text(choice)));
    assertThat(CheckVote.check(form, null, CONTESTS, DURING, TOLERANCE)).isNotNull();
  }

  private static String valid() {
    return Samples.vote(Samples.NAS, Samples.CODE, "law-1", "oui");
  }

  private static Checked check(String body) {
    return check(body, null, DURING);
  }

  private static Checked check(String body, @Nullable String key, Instant now) {
    return CheckVote.check(StrictJson.read(Samples.bytes(body)), key, CONTESTS, now, TOLERANCE);
  }

  private static String kind(Checked checked) {
    return switch (checked) {
      case Checked.Valid _ -> "valid";
      case Checked.NotYetOpen _ -> "not yet";
      case Checked.Opening _ -> "opening";
      case Checked.Over _ -> "over";
      case Checked.Malformed _ -> "malformed";
      case Checked.WrongFields _ -> "wrong";
      case Checked.UnknownLaw _ -> "unknown";
    };
  }
}
