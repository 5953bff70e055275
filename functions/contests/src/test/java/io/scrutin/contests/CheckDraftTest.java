package io.scrutin.contests;

import static io.scrutin.contests.Samples.OPENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.contests.ContestDraft.ChoiceDraft;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckDraftTest {
  private static final List<ChoiceDraft> CHOICES =
      List.of(new ChoiceDraft("oui", "Oui", "Yes"), new ChoiceDraft("non", "Non", "No"));

  private static ContestDraft draft(Map<String, String> changed, List<ChoiceDraft> choices) {
    Map<String, String> fields =
        new HashMap<>(
            Map.of(
                "law", "law-1",
                "title-fr", "Loi",
                "title-en", "Law",
                "question-fr", "Pour ?",
                "question-en", "In favour?",
                "opens", "now",
                "closes", "PT24H",
                "policy", "at-close",
                "group-size", "30"));
    fields.putAll(changed);
    return new ContestDraft(
        fields.get("law"),
        fields.get("title-fr"),
        fields.get("title-en"),
        fields.get("question-fr"),
        fields.get("question-en"),
        choices,
        fields.get("opens"),
        fields.get("closes"),
        fields.get("policy"),
        fields.get("group-size"),
        null,
        fields.containsKey("one"));
  }

  @Test
  void takesADraftThatIsWhole() {
    assertThat(CheckDraft.check(draft(Map.of(), CHOICES), OPENS))
        .isInstanceOfSatisfying(
            Drafted.Valid.class,
            valid -> {
              assertThat(valid.closesAt()).isEqualTo(OPENS.plus(Duration.ofHours(24)));
              assertThat(valid.policy().visibility()).isEqualTo(Visibility.AT_CLOSE);
              assertThat(valid.tagScheme()).isEqualTo("hmac-sha256");
              assertThat(valid.warnings()).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "law, loi 1, contest: lawId",
    "title-fr, '', title: fr is missing",
    "question-en, '', question: en is missing",
    "opens, 2026-11-21T11:58:59Z, opens: this moment has passed",
    "opens, 2026-11-22T08:00, opens: a moment is written",
    "closes, 2026-11-21T11:59:59Z, closes: a contest closes after it opens",
    "closes, P, closes: a moment is written",
    "policy, secret, policy: it is live or at-close",
    "group-size, many, group-size: it is a whole number",
    "group-size, 0, group-size: groupSize is 1 to",
    "group-size, 1, group-size: with 1",
  })
  void saysWhatIsWrong(String field, String value, String fault) {
    assertThat(faults(draft(Map.of(field, value), CHOICES)))
        .singleElement()
        .asString()
        .startsWith(fault);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThat(
            faults(
                draft(Map.of("law", "", "policy", "x"), List.of(new ChoiceDraft(null, "", "x")))))
        .containsExactly(
            "law is missing",
            "choice 1: id is missing",
            "choice 1: fr is missing",
            "choices: there are 2 to 500",
            "policy: it is live or at-close");
  }

  @Test
  void takesTwoToFiveHundredChoicesThatDiffer() {
    List<ChoiceDraft> many =
        IntStream.rangeClosed(1, 501).mapToObj(i -> new ChoiceDraft("c" + i, "C", "C")).toList();
    assertThat(CheckDraft.check(draft(Map.of(), many.subList(0, 500)), OPENS))
        .isInstanceOf(Drafted.Valid.class);
    assertThat(faults(draft(Map.of(), many))).containsExactly("choices: there are 2 to 500");
    assertThat(faults(draft(Map.of(), List.of(CHOICES.getFirst(), CHOICES.getFirst()))))
        .contains("choice 2: another choice has the same id");
  }

  @Test
  void warnsOfASmallGroupAndTakesOneOnlyWhenItIsMeant() {
    assertThat(CheckDraft.check(draft(Map.of("group-size", "29"), CHOICES), OPENS))
        .isInstanceOfSatisfying(
            Drafted.Valid.class, valid -> assertThat(valid.warnings()).hasSize(1));
    assertThat(CheckDraft.check(draft(Map.of("group-size", "1", "one", "yes"), CHOICES), OPENS))
        .isInstanceOf(Drafted.Valid.class);
  }

  private static List<String> faults(ContestDraft draft) {
    return ((Drafted.Wrong) CheckDraft.check(draft, OPENS)).faults();
  }
}
