package io.scrutin.submit;

import io.scrutin.credential.Code;
import io.scrutin.credential.Nas;
import io.scrutin.submit.Checked.Wrong;
import io.scrutin.submit.Checked.WrongField;
import io.scrutin.submit.Contests.Announced;
import io.scrutin.web.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides whether a request to vote is in form and in time. Who votes is not its question. */
final class CheckVote {
  private static final Set<String> FIELDS = Set.of("nas", "code", "law_id", "vote");
  private static final int MAX_KEY_LENGTH = 128;

  private final Map<String, Form.Value> values;
  private final List<WrongField> wrong = new ArrayList<>();

  private CheckVote(Map<String, Form.Value> values) {
    this.values = values;
  }

  static Checked check(
      Form form,
      @Nullable String idempotencyKey,
      Contests contests,
      Instant now,
      Duration clockTolerance) {
    return switch (form) {
      case Form.Malformed malformed -> new Checked.Malformed(malformed.fault());
      case Form.Fields fields -> {
        CheckVote check = new CheckVote(fields.values());
        check.checkKey(idempotencyKey);
        yield check.check(contests, now, clockTolerance);
      }
    };
  }

  private Checked check(Contests contests, Instant now, Duration clockTolerance) {
    Nas nas = parsed("nas", Nas::parse, Wrong.INVALID_NAS);
    Code code = parsed("code", Code::parse, Wrong.INVALID_CODE);
    String lawId = text("law_id");
    String choiceId = text("vote");
    values.keySet().stream()
        .filter(name -> !FIELDS.contains(name))
        .forEach(name -> wrong.add(new WrongField(name, Wrong.UNKNOWN)));
    Announced law = lawId == null ? null : contests.find(lawId).orElse(null);
    if (law != null && choiceId != null && !law.contest().hasChoice(choiceId)) {
      wrong.add(new WrongField("vote", Wrong.NOT_ON_BALLOT));
    }
    boolean unknownLaw = lawId != null && law == null;
    if (unknownLaw && wrong.isEmpty()) {
      return new Checked.UnknownLaw();
    }
    if (unknownLaw) {
      wrong.add(new WrongField("law_id", Wrong.UNKNOWN_LAW));
    }
    if (!wrong.isEmpty() || nas == null || code == null || law == null || choiceId == null) {
      return new Checked.WrongFields(wrong);
    }
    return inTime(new Ballot(nas, code, law.contest(), choiceId), law, now, clockTolerance);
  }

  /**
   * Near the end the broker's stamp decides. Near the opening nothing is sent that it could stamp
   * as too early: that refusal would be the vote's outcome for good, and no longer be true for the
   * same voter's next try with the same key.
   */
  private static Checked inTime(
      Ballot ballot, Announced law, Instant now, Duration clockTolerance) {
    Instant opensAt = law.contest().opensAt();
    if (now.isBefore(opensAt)) {
      return new Checked.NotYetOpen(opensAt, Duration.between(now, opensAt));
    }
    Instant surelyOpen = opensAt.plus(clockTolerance);
    if (now.isBefore(surelyOpen)) {
      return new Checked.Opening(ballot, Duration.between(now, surelyOpen));
    }
    if (now.isAfter(law.closesAt().plus(clockTolerance))) {
      return new Checked.Over(ballot, law.closesAt());
    }
    return new Checked.Valid(ballot);
  }

  private void checkKey(@Nullable String key) {
    if (key == null) {
      return;
    }
    boolean printable = key.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (key.isBlank() || key.length() > MAX_KEY_LENGTH || !printable) {
      wrong.add(new WrongField("Idempotency-Key", Wrong.INVALID_KEY));
    }
  }

  private <T> @Nullable T parsed(String name, Function<String, Optional<T>> parse, Wrong fault) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    Optional<T> parsed = parse.apply(text);
    if (parsed.isEmpty()) {
      wrong.add(new WrongField(name, fault));
    }
    return parsed.orElse(null);
  }

  private @Nullable String text(String name) {
    return switch (values.get(name)) {
      case null -> {
        wrong.add(new WrongField(name, Wrong.MISSING));
        yield null;
      }
      case Form.Text text when text.text().isBlank() -> {
        wrong.add(new WrongField(name, Wrong.MISSING));
        yield null;
      }
      case Form.Text text -> text.text();
      case Form.NotText _ -> {
        wrong.add(new WrongField(name, Wrong.WRONG_TYPE));
        yield null;
      }
    };
  }
}
