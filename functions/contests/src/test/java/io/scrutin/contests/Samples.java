package io.scrutin.contests;

import io.scrutin.books.Balance;
import io.scrutin.contests.ChangeContest.Closing;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.LocalText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A referendum, and what may be known of it at its end. */
final class Samples {
  static final String LAW = "law-1";
  static final Instant OPENS = Instant.parse("2026-11-21T12:00:00Z");
  static final Instant CLOSES = Instant.parse("2026-11-22T12:00:00Z");
  static final Duration SETTLING = Duration.ofSeconds(60);
  static final BooksRead BALANCED = books(List.of(), 10, 9, 1);

  private Samples() {}

  static Contest contest(String lawId, Instant opensAt, Instant closesAt) {
    return new Contest(
        lawId,
        new LocalText("Loi d'essai <1>", "Trial law <1>"),
        new LocalText("Êtes-vous pour ?", "Are you in favour?"),
        List.of(
            new Choice("oui", new LocalText("Oui", "Yes")),
            new Choice("non", new LocalText("Non", "No"))),
        opensAt,
        closesAt,
        new ResultsPolicy(Visibility.AT_CLOSE, 30),
        "hmac-sha256",
        new BallotKey("key-1", Bytes.of(new byte[32])));
  }

  static ContestRow row(ContestState state) {
    return new ContestRow(contest(LAW, OPENS, CLOSES), state);
  }

  /** Ten recorded votes of twelve; one ballot is spoiled. */
  static Figures figures() {
    return figures(6, 3, 1, 10, 0);
  }

  static Figures figures(long yes, long no, long spoiled, long recorded, long waiting) {
    return new Figures(
        new TreeMap<>(Map.of("oui", yes, "non", no)), spoiled, recorded, waiting, 100, true);
  }

  /** One vote was a duplicate, one was refused. */
  static BooksRead books(List<String> differences, long recorded, long inBox, long spoiled) {
    return new BooksRead(
        new Balance.Votes(recorded + 2, recorded, 1, 1, 0, 0, 0, 0),
        new Balance.Ballots(recorded, 0, inBox, spoiled),
        differences,
        new TreeMap<>(Map.of("cast", recorded + 2)),
        List.of("Redis holds <3> buckets"));
  }

  static BooksRead withVotes(Balance.Votes votes) {
    return new BooksRead(votes, BALANCED.ballots(), List.of(), new TreeMap<>(), List.of());
  }

  static Closing closing(Figures figures) {
    return new Closing(List.of(), figures, BALANCED, SETTLING);
  }
}
