package io.scrutin.audit;

import io.scrutin.event.VoteId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page of a list, newest first, ended: the time and vote id of its last line. */
record Cursor(Instant at, VoteId voteId) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,17})-([0-9a-f]{32})");

  static Optional<Cursor> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long micros = Long.parseLong(matcher.group(1));
    return Optional.of(
        new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), VoteId.parse(matcher.group(2))));
  }

  /** In microseconds, as Postgres keeps times. */
  @Override
  public String toString() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + voteId;
  }
}
