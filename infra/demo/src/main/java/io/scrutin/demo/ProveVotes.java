package io.scrutin.demo;

import io.scrutin.credential.Code;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.Nas;
import io.scrutin.demo.Post.Kind;
import io.scrutin.election.Tables;
import io.scrutin.event.Tag;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** P1, P2 and P6: what the voters were told, held against what Postgres has. */
final class ProveVotes {
  private static final Pattern CREDENTIAL =
      Pattern.compile("\"nas\":\"(\\d+)\",\"code\":\"(\\w+)\"");

  /** The recorded vote of a duplicate's voter is another one. */
  private static final String TRUE_DUPLICATES =
      """
      SELECT count(*) FROM audit.duplicate_attempts d JOIN store.participation p
        ON p.law_id = d.law_id AND p.tag = d.tag AND p.vote_id <> d.vote_id
      WHERE d.law_id = ?
      """;

  private static final String PARKED =
      "SELECT count(*) FROM audit.vote_audit WHERE step = 5 AND law_id = ?";

  private final Ledger ledger;
  private final Tables tables;
  private final HmacTags tags;
  private final String lawId;

  ProveVotes(Ledger ledger, Tables tables, HmacTags tags, String lawId) {
    this.ledger = ledger;
    this.tables = tables;
    this.tags = tags;
    this.lawId = lawId;
  }

  Proof nothingIsLost() throws SQLException {
    int promised = ledger.promised().size();
    int unfinished = ledger.withoutFinalOutcome().size();
    long parked = tables.number(PARKED);
    Map<String, String> participations = tables.participations();
    List<String> recorded = ledger.ending("recorded");
    long missing = recorded.stream().filter(id -> !participations.containsKey(id)).count();
    return new Proof(
        "P1",
        "no vote is lost",
        promised > 0 && unfinished == 0 && parked == 0 && missing == 0,
        "%,d votes were promised: %,d recorded, %,d duplicate, %,d rejected, %,d without an outcome, %,d parked; %,d told as recorded are not in Postgres"
            .formatted(
                promised,
                recorded.size(),
                ledger.ending("duplicate").size(),
                ledger.ending("rejected").size(),
                unfinished,
                parked,
                missing));
  }

  Proof nobodyCountsTwice() throws SQLException {
    Map<Integer, Integer> perVoter = ledger.recordedPerVoter();
    long twice = perVoter.values().stream().filter(votes -> votes > 1).count();
    long participations =
        tables.number("SELECT count(*) FROM store.participation WHERE law_id = ?");
    long racers = ledger.of(Kind.RACE).stream().map(told -> told.post().voter()).distinct().count();
    long stray = ledger.strayRetries();
    return new Proof(
        "P2",
        "no voter counts twice",
        twice == 0 && stray == 0 && participations == perVoter.size() && participations > 0,
        "%,d voters have a recorded vote, %,d have more than one, Postgres has %,d; %,d of them sent %d at once; %,d retries became another vote"
            .formatted(
                perVoter.size(), twice, participations, racers, PlanPosts.POSTS_IN_A_RACE, stray));
  }

  Proof refusalsAreTrue() throws SQLException {
    List<Told> strangers = new ArrayList<>(ledger.of(Kind.UNKNOWN));
    strangers.addAll(ledger.of(Kind.WRONG_CODE));
    long wronged = 0;
    for (Told stranger : strangers) {
      if (tables.isOnRoll(tag(stranger.post()))) {
        wronged++;
      }
    }
    long rejected = ledger.ending("rejected").size();
    long late =
        ledger.of(Kind.LATE).stream()
            .filter(told -> told.requestId() != null)
            .map(told -> ledger.outcome(String.valueOf(told.requestId())))
            .filter(outcome -> outcome.reason().equals("too_late"))
            .count();
    long duplicates = ledger.ending("duplicate").size();
    long trueDuplicates = tables.number(TRUE_DUPLICATES);
    return new Proof(
        "P6",
        "a refusal is always true",
        wronged == 0 && rejected == strangers.size() + late && duplicates == trueDuplicates,
        "%,d rejected: %,d credentials that the roll lacks (looked up again: %,d are on it), %,d too late; %,d duplicates, of which %,d have another recorded vote"
            .formatted(rejected, strangers.size(), wronged, late, duplicates, trueDuplicates));
  }

  private Tag tag(Post post) {
    Matcher credential = CREDENTIAL.matcher(post.body());
    if (!credential.find()) {
      throw new IllegalArgumentException("a post without a credential");
    }
    return tags.tag(
        Nas.parse(credential.group(1)).orElseThrow(),
        Code.parse(credential.group(2)).orElseThrow(),
        lawId);
  }
}
