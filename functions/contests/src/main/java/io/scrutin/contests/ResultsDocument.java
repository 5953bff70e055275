package io.scrutin.contests;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.scrutin.event.Contest;
import io.scrutin.event.LocalText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
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
 * @param notes what the books noted besides
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
    List<String> notes,
    String software,
    String signingKeyId,
    String signingKey) {
  static final String FORMAT = "scrutin-results-1";

  /** More than people: sums of these are never too large. */
  private static final long MOST = 1_000_000_000_000L;

  /** What a terminal obeys instead of showing it, and what is no text at all. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cs}]");

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
        notes,
        software,
        signingKeyId,
        signingKey);
    requireAll(counts.toArray());
    requireAll(books.values().toArray());
    requireAll(notes.toArray());
    requirePlain(format, lawId, software, signingKeyId, signingKey);
    requirePlain(books.keySet().toArray(String[]::new));
    requirePlain(notes.toArray(String[]::new));
    notes = List.copyOf(notes);
    counts = List.copyOf(counts);
    requireFigures(books.values().stream().mapToLong(Long::longValue).toArray());
    requireFigures(total, spoiled, recorded, duplicates, rejected, rollSize);
    long counted = counts.stream().mapToLong(Count::votes).sum();
    if (counted != total || total + spoiled != recorded) {
      throw new IllegalArgumentException("the figures do not add up");
    }
  }

  private static void requirePlain(String... texts) {
    if (Stream.of(texts).anyMatch(UNSEEN.asPredicate())) {
      throw new IllegalArgumentException("a text has control characters");
    }
  }

  private static void requireFigures(long... figures) {
    if (LongStream.of(figures).anyMatch(figure -> figure < 0 || figure > MOST)) {
      throw new IllegalArgumentException("a figure is none of people");
    }
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
      requirePlain(fr, en);
    }

    /** A question may have been written in several lines. */
    static Text of(LocalText text) {
      return new Text(
          UNSEEN.matcher(text.fr()).replaceAll(" "), UNSEEN.matcher(text.en()).replaceAll(" "));
    }
  }

  @Serdeable
  record Count(String choice, Text label, long votes) {
    Count {
      requireAll(choice, label);
      requirePlain(choice);
      requireFigures(votes);
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
        books.notes(),
        software,
        key.keyId(),
        key.base64());
  }
}
