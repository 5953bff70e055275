package io.scrutin.contests;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.scrutin.event.Contest;
import io.scrutin.event.LocalText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A certified result, as it is signed.
 *
 * @param format what a program that reads it may rely on
 * @param total ballots that give a choice
 * @param spoiled recorded votes whose ballot gives none
 * @param recorded voters who voted
 * @param rejected votes that were refused: unknown credential, too early, too late
 * @param books what the books compared, and found equal
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record ResultsDocument(
    String format,
    String lawId,
    Text title,
    Text question,
    List<Count> counts,
    long total,
    long spoiled,
    long recorded,
    long duplicates,
    long rejected,
    long rollSize,
    Instant opensAt,
    Instant closesAt,
    Instant publishedAt,
    SortedMap<String, Long> books,
    String software,
    String signingKeyId,
    String signingKey) {
  static final String FORMAT = "scrutin-results-1";

  /** Whoever reads a document may have been given any file. */
  ResultsDocument {
    requireAll(
        format,
        lawId,
        title,
        question,
        counts,
        opensAt,
        closesAt,
        publishedAt,
        books,
        software,
        signingKeyId,
        signingKey);
    counts = List.copyOf(counts);
  }

  private static void requireAll(@Nullable Object... parts) {
    if (Stream.of(parts).anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a part of the document is missing");
    }
  }

  @Serdeable
  record Text(String fr, String en) {
    Text {
      requireAll(fr, en);
    }

    static Text of(LocalText text) {
      return new Text(text.fr(), text.en());
    }
  }

  @Serdeable
  record Count(String choice, Text label, long votes) {
    Count {
      requireAll(choice, label);
    }
  }

  static ResultsDocument of(
      Contest contest,
      Figures figures,
      BooksRead books,
      Instant now,
      String software,
      PublicSigningKey key) {
    return new ResultsDocument(
        FORMAT,
        contest.lawId(),
        Text.of(contest.title()),
        Text.of(contest.question()),
        contest.choices().stream()
            .map(
                choice ->
                    new Count(
                        choice.id(),
                        Text.of(choice.label()),
                        figures.votes().getOrDefault(choice.id(), 0L)))
            .toList(),
        books.ballots().inBox(),
        books.ballots().spoiled(),
        books.votes().recorded(),
        books.votes().duplicated(),
        books.votes().rejected(),
        figures.rollSize(),
        contest.opensAt(),
        contest.closesAt(),
        now,
        books.figures(),
        software,
        key.keyId(),
        key.base64());
  }
}
