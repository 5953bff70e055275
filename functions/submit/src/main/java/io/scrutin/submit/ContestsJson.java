package io.scrutin.submit;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.scrutin.event.Contest;
import io.scrutin.event.LocalText;
import io.scrutin.submit.Contests.Announced;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The contests as voters see them. */
@Serdeable(naming = SnakeCaseStrategy.class)
record ContestsJson(List<ContestJson> contests) {
  @Serdeable(naming = SnakeCaseStrategy.class)
  record ContestJson(
      String lawId,
      String state,
      Text title,
      Text question,
      List<ChoiceJson> choices,
      Instant opensAt,
      Instant closesAt,
      ResultsJson results) {}

  @Serdeable
  record Text(String fr, String en) {
    static Text of(LocalText text) {
      return new Text(text.fr(), text.en());
    }
  }

  @Serdeable
  record ChoiceJson(String id, Text label) {}

  @Serdeable(naming = SnakeCaseStrategy.class)
  record ResultsJson(String visibility, int groupSize) {}

  static ContestsJson of(Contests contests, Instant now) {
    return new ContestsJson(contests.all().stream().map(one -> contest(one, now)).toList());
  }

  private static ContestJson contest(Announced announced, Instant now) {
    Contest contest = announced.contest();
    return new ContestJson(
        contest.lawId(),
        state(announced, now),
        Text.of(contest.title()),
        Text.of(contest.question()),
        contest.choices().stream()
            .map(choice -> new ChoiceJson(choice.id(), Text.of(choice.label())))
            .toList(),
        contest.opensAt(),
        announced.closesAt(),
        new ResultsJson(
            contest.policy().visibility().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            contest.policy().groupSize()));
  }

  private static String state(Announced announced, Instant now) {
    if (now.isBefore(announced.contest().opensAt())) {
      return "upcoming";
    }
    return now.isBefore(announced.closesAt()) ? "open" : "closed";
  }
}
