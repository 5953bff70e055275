package io.scrutin.contests;

import io.scrutin.contests.ContestDraft.ChoiceDraft;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.LocalText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides whether a draft is a contest that can be put to the voters. */
final class CheckDraft {
  /** From here on a group says little about anybody in it; below it is the makers' decision. */
  static final int SAFE_GROUP = 30;

  static final String DEFAULT_TAG_SCHEME = "hmac-sha256";

  /** What was written as the present is the past by the time that it is read. */
  private static final Duration STILL_NOW = Duration.ofMinutes(1);

  private final ContestDraft draft;
  private final Instant present;
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private CheckDraft(ContestDraft draft, Instant now) {
    this.draft = draft;
    this.present = now;
  }

  static Drafted check(ContestDraft draft, Instant now) {
    return new CheckDraft(draft, now).check();
  }

  private Drafted check() {
    String law = required("law", draft.law());
    LocalText title = text("title", draft.titleFr(), draft.titleEn());
    LocalText question = text("question", draft.questionFr(), draft.questionEn());
    List<Contest.Choice> choices = choices();
    Instant opensAt = opensAt();
    Instant closesAt = closesAt(opensAt);
    ResultsPolicy policy = policy();
    String tagScheme = draft.tagScheme() == null ? DEFAULT_TAG_SCHEME : draft.tagScheme();
    if (!faults.isEmpty()
        || law == null
        || title == null
        || question == null
        || opensAt == null
        || closesAt == null
        || policy == null) {
      return new Drafted.Wrong(faults);
    }
    Drafted.Valid valid =
        new Drafted.Valid(
            law, title, question, choices, opensAt, closesAt, policy, tagScheme, warnings);
    // What else a contest asks for: the law's letters, choices that differ, an end after a start.
    return attempt("contest", () -> valid.with(new BallotKey("none", Bytes.of(new byte[32]))))
            == null
        ? new Drafted.Wrong(faults)
        : valid;
  }

  private List<Contest.Choice> choices() {
    List<Contest.Choice> choices = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int number = 0;
    for (ChoiceDraft written : draft.choices()) {
      number++;
      String name = "choice " + number;
      String id = required(name + ": id", written.id());
      LocalText label = text(name, written.fr(), written.en());
      if (id == null || label == null) {
        continue;
      }
      if (!ids.add(id)) {
        faults.add(name + ": another choice has the same id");
      }
      Contest.Choice choice = attempt(name, () -> new Contest.Choice(id, label));
      if (choice != null) {
        choices.add(choice);
      }
    }
    if (draft.choices().size() < 2 || draft.choices().size() > Contest.MAX_CHOICES) {
      faults.add("choices: there are 2 to " + Contest.MAX_CHOICES);
    }
    return choices;
  }

  private @Nullable Instant opensAt() {
    String written = required("opens", draft.opens());
    if (written == null) {
      return null;
    }
    Instant opensAt =
        written.equals("now") ? present.truncatedTo(ChronoUnit.MILLIS) : moment("opens", written);
    if (opensAt != null && opensAt.isBefore(present.minus(STILL_NOW))) {
      faults.add("opens: this moment has passed; a contest opens now or later");
    }
    return opensAt;
  }

  private @Nullable Instant closesAt(@Nullable Instant opensAt) {
    String written = required("closes", draft.closes());
    if (written == null || opensAt == null) {
      return null;
    }
    Instant closesAt =
        written.startsWith("PT") || written.startsWith("P")
            ? attempt("closes", () -> opensAt.plus(Duration.parse(written)))
            : moment("closes", written);
    if (closesAt != null && !closesAt.isAfter(opensAt)) {
      faults.add("closes: a contest closes after it opens");
    }
    return closesAt;
  }

  /** With its offset: an hour that means another moment elsewhere is no moment. */
  private @Nullable Instant moment(String field, String written) {
    return attempt(
        field, () -> OffsetDateTime.parse(written).toInstant().truncatedTo(ChronoUnit.MILLIS));
  }

  private @Nullable ResultsPolicy policy() {
    String written = draft.policy() == null ? "at-close" : draft.policy();
    Visibility visibility =
        switch (written.toLowerCase(Locale.ROOT)) {
          case "live" -> Visibility.LIVE;
          case "at-close" -> Visibility.AT_CLOSE;
          case String _ -> {
            faults.add("policy: it is live or at-close");
            yield null;
          }
        };
    Integer size =
        draft.groupSize() == null
            ? Integer.valueOf(SAFE_GROUP)
            : attempt("group-size", () -> Integer.valueOf(draft.groupSize()));
    if (visibility == null || size == null) {
      return null;
    }
    if (size == 1 && !draft.groupOfOneAllowed()) {
      faults.add(
          "group-size: with 1, whoever sees the counts change can guess whose vote it was;"
              + " a demonstration says --allow-group-of-one");
      return null;
    }
    if (size < SAFE_GROUP) {
      warnings.add(
          "ballots are opened in groups of "
              + size
              + ": with fewer than "
              + SAFE_GROUP
              + " in a group, somebody who knows when people voted may guess how");
    }
    return attempt("group-size", () -> new ResultsPolicy(visibility, size));
  }

  private @Nullable LocalText text(String field, @Nullable String fr, @Nullable String en) {
    String french = required(field + ": fr", fr);
    String english = required(field + ": en", en);
    return french == null || english == null
        ? null
        : attempt(field, () -> new LocalText(french, english));
  }

  private @Nullable String required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      faults.add(field + " is missing");
      return null;
    }
    return value;
  }

  /** The records of a contest check themselves, and say what they ask for. */
  private <T> @Nullable T attempt(String field, Supplier<T> make) {
    try {
      return make.get();
    } catch (NumberFormatException noNumber) {
      faults.add(field + ": it is a whole number");
    } catch (DateTimeException noMoment) {
      faults.add(field + ": a moment is written 2026-11-21T08:00:00-05:00, a length of time PT24H");
    } catch (IllegalArgumentException refused) {
      faults.add(field + ": " + refused.getMessage());
    }
    return null;
  }
}
