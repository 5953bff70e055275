package io.scrutin.results;

import static io.scrutin.results.Laws.CLOSES;
import static io.scrutin.results.Laws.OPENS;
import static io.scrutin.results.Laws.contest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.JsonMapper;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.results.Results.Count;
import io.scrutin.results.Results.Label;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PublishResultsTest {
  private static final Contest LIVE = contest("law-1", Visibility.LIVE, CLOSES);
  private static final Contest AT_CLOSE = contest("law-1", Visibility.AT_CLOSE, CLOSES);
  private static final Instant COUNTED = OPENS.plusSeconds(60);
  private static final Tally TALLY = new Tally(Map.of("non", 3L, "oui", 4L), COUNTED, false, false);
  private static final Tally COMPLETE = new Tally(TALLY.votes(), COUNTED, true, false);

  private static List<Count> counts(long oui, long non) {
    return List.of(
        new Count("oui", oui, new Label("Oui", "Yes")),
        new Count("non", non, new Label("Non", "No")));
  }

  @Test
  void showsALiveTallyInTheOrderOfTheBallot() {
    assertThat(PublishResults.of(LIVE, TALLY))
        .isEqualTo(
            new Results("law-1", "live", true, false, 7L, counts(4, 3), COUNTED, null, null));
  }

  @Test
  void showsNoughtForWhatNobodyChoseYet() {
    Tally empty = new Tally(Map.of(), null, false, false);
    assertThat(PublishResults.of(LIVE, empty))
        .isEqualTo(new Results("law-1", "live", true, false, 0L, counts(0, 0), null, null, null));
  }

  @Test
  void saysOnlyUntilWhenItIsSilentWhileVotesAreOnTheirWay() {
    assertThat(PublishResults.of(AT_CLOSE, TALLY))
        .isEqualTo(new Results("law-1", "at-close", false, false, null, null, null, CLOSES, null));
  }

  @Test
  void showsTheCountsOnceTheyAreComplete() {
    assertThat(PublishResults.of(AT_CLOSE, COMPLETE))
        .isEqualTo(
            new Results("law-1", "at-close", true, false, 7L, counts(4, 3), COUNTED, null, null));
  }

  @Test
  void callsNoCountFinalThatItCannotKnowToBe() {
    assertThat(PublishResults.of(LIVE, COMPLETE).isFinal()).isFalse();
  }

  @Test
  void callsFinalWhatIsCertified() {
    Tally certified = new Tally(TALLY.votes(), COUNTED, true, true);
    assertThat(PublishResults.of(AT_CLOSE, certified).isFinal()).isTrue();
  }

  @Property
  void saysTheSameBeforeTheLastVoteIsCountedWhateverWasCounted(
      @ForAll @LongRange(min = 0) long oui, @ForAll int secondsFromClosing) {
    Instant counted = CLOSES.plusSeconds(secondsFromClosing);
    assertThat(PublishResults.of(AT_CLOSE, new Tally(Map.of("oui", oui), counted, false, false)))
        .isEqualTo(PublishResults.of(AT_CLOSE, new Tally(Map.of(), null, false, false)));
  }

  @Test
  void allowsNoCountsThatAreNotVisible() {
    assertThatThrownBy(
            () ->
                new Results(
                    "law-1", "at-close", false, false, 7L, counts(4, 3), null, CLOSES, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsWhatAnotherInstanceWrote() throws IOException {
    JsonMapper json = JsonMapper.createDefault();
    for (Results results :
        List.of(
            PublishResults.of(LIVE, TALLY),
            PublishResults.of(AT_CLOSE, TALLY),
            PublishResults.of(AT_CLOSE, COMPLETE),
            PublishResults.of(LIVE, TALLY).asStale())) {
      assertThat(json.readValue(json.writeValueAsBytes(results), Results.class)).isEqualTo(results);
    }
  }

  @Test
  void knowsItsTagInAnyFormOfTheHeader() {
    Published published = Published.of(PublishResults.of(LIVE, TALLY), "{}");
    String tag = published.entityTag();
    assertThat(published.matches(tag)).isTrue();
    assertThat(published.matches("\"other\", W/" + tag)).isTrue();
    assertThat(published.matches("*")).isTrue();
    assertThat(published.matches("\"other\"")).isFalse();
    assertThat(published.matches("")).isFalse();
  }

  @Test
  void givesTheSameVersionToTheSameJsonOnly() {
    Results results = PublishResults.of(LIVE, TALLY);
    assertThat(Published.of(results, "{}").version())
        .isEqualTo(Published.of(results, "{}").version())
        .isNotEqualTo(Published.of(results, "[]").version());
  }
}
