package io.scrutin.simulation;

import io.scrutin.simulation.Statement.Context;
import io.scrutin.simulation.Tables.BallotRow;
import io.scrutin.simulation.Tables.EnvelopeRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What verify, dedup, store and tally say to Postgres. */
final class VoteStatements {
  static final List<Statement> ALL =
      List.of(
          new Statement(
              "contests", "SELECT definition, closes_at", false, VoteStatements::contests),
          new Statement("complete rolls", "complete_at IS NOT NULL", false, VoteStatements::rolls),
          new Statement("roll", "JOIN roll.voter v", false, VoteStatements::onRoll),
          new Statement("given up", "audit.parked_discard", false, VoteStatements::givenUp),
          new Statement("insert", "INSERT INTO store.participation", true, VoteStatements::insert),
          new Statement("standing", "JOIN store.participation p", false, VoteStatements::standing),
          new Statement("take", "FOR UPDATE SKIP LOCKED))", true, VoteStatements::take),
          new Statement("take", "FOR UPDATE))", true, VoteStatements::takeRest),
          new Statement("left", "AS rest", false, VoteStatements::left),
          new Statement("drained", "count(drained_at)", false, VoteStatements::drained),
          new Statement("fill box", "INSERT INTO tally.ballot_box", true, VoteStatements::fill),
          new Statement("add counts", "INSERT INTO tally.tally", true, VoteStatements::add),
          new Statement("spoil", "INSERT INTO tally.spoiled", true, VoteStatements::spoil),
          new Statement("counted", "sum(votes)", false, VoteStatements::counted));

  /** As the migrations say: a store without it must not look safe. */
  private static final boolean HAS_KEY =
      Migrations.haveKey("store.participation", "PRIMARY KEY (law_id, tag)");

  private VoteStatements() {}

  private static List<@Nullable Object> row(@Nullable Object... cells) {
    return Arrays.asList(cells);
  }

  private static List<List<@Nullable Object>> contests(Context in, Parameters given) {
    return in.tables().contests.committed().values().stream()
        .map(contest -> row(contest.definition(), contest.closesAt()))
        .toList();
  }

  private static List<List<@Nullable Object>> rolls(Context in, Parameters given) {
    List<List<@Nullable Object>> found = new ArrayList<>();
    for (int i = 0; i < given.rows(); i++) {
      String scheme = in.tables().completeRolls.committed().get(given.text(0, i));
      if (scheme != null) {
        found.add(row(given.text(0, i), scheme));
      }
    }
    return found;
  }

  private static List<List<@Nullable Object>> onRoll(Context in, Parameters given) {
    List<List<@Nullable Object>> found = new ArrayList<>();
    for (int i = 0; i < given.rows(); i++) {
      String key = Tables.key(given.text(0, i), given.bytes(1, i));
      if (in.tables().voters.committed().containsKey(key)) {
        found.add(row(given.text(0, i), given.bytes(1, i)));
      }
    }
    return found;
  }

  /** Persons give votes up; in a simulated election nobody does. */
  private static List<List<@Nullable Object>> givenUp(Context in, Parameters given) {
    return List.of();
  }

  private static List<List<@Nullable Object>> insert(Context in, Parameters given)
      throws SQLException {
    Tables tables = in.tables();
    List<List<@Nullable Object>> won = new ArrayList<>();
    for (int i = 0; i < given.rows(); i++) {
      String key = Tables.key(given.text(0, i), given.bytes(1, i));
      if (!HAS_KEY) {
        key += "|" + tables.participation.nextNumber();
      }
      in.transaction().lock(tables.participation, key);
      if (in.transaction().read(tables.participation, key) == null) {
        in.transaction().write(tables.participation, key, given.bytes(2, i));
        EnvelopeRow envelope =
            new EnvelopeRow(
                given.text(0, i),
                given.bytes(2, i),
                (short) given.number(3, i),
                given.text(4, i),
                given.bytes(5, i));
        in.transaction().write(tables.envelopes, tables.envelopes.nextNumber(), envelope);
        won.add(row(given.text(0, i), given.bytes(1, i), given.bytes(2, i)));
      }
    }
    return won;
  }

  private static List<List<@Nullable Object>> standing(Context in, Parameters given) {
    List<List<@Nullable Object>> found = new ArrayList<>();
    for (int i = 0; i < given.rows(); i++) {
      String key = Tables.key(given.text(0, i), given.bytes(1, i));
      byte[] vote = in.transaction().read(in.tables().participation, key);
      if (vote != null) {
        found.add(row(given.text(0, i), given.bytes(1, i), vote));
      }
    }
    return found;
  }

  /** Those that another transaction has taken are skipped. */
  private static List<List<@Nullable Object>> take(Context in, Parameters given)
      throws SQLException {
    Table<EnvelopeRow> table = in.tables().envelopes;
    return take(in, given, key -> table.holder(key) == null);
  }

  /** Those that another transaction has taken are waited for. */
  private static List<List<@Nullable Object>> takeRest(Context in, Parameters given)
      throws SQLException {
    return take(in, given, _ -> true);
  }

  private static List<List<@Nullable Object>> take(
      Context in, Parameters given, Predicate<String> isToBeHad) throws SQLException {
    Table<EnvelopeRow> table = in.tables().envelopes;
    List<List<@Nullable Object>> taken = new ArrayList<>();
    for (String key : table.keys()) {
      if (taken.size() == given.number(3)
          || !isToBeHad.test(key)
          || !isAskedFor(in.transaction().read(table, key), given)) {
        continue;
      }
      in.transaction().lock(table, key);
      EnvelopeRow envelope = in.transaction().read(table, key);
      // Whoever had it may have opened it meanwhile.
      if (envelope != null) {
        in.transaction().write(table, key, null);
        taken.add(
            row(envelope.voteId(), (int) envelope.scheme(), envelope.keyId(), envelope.sealed()));
      }
    }
    return taken;
  }

  private static List<List<@Nullable Object>> left(Context in, Parameters given)
      throws SQLException {
    Table<EnvelopeRow> table = in.tables().envelopes;
    long left = 0;
    for (String key : table.keys()) {
      boolean counts = left < given.number(3);
      left += counts && isAskedFor(in.transaction().read(table, key), given) ? 1 : 0;
    }
    return List.of(row(left));
  }

  private static boolean isAskedFor(@Nullable EnvelopeRow envelope, Parameters given) {
    return envelope != null
        && envelope.lawId().equals(given.text(0))
        && envelope.keyId().equals(given.text(1))
        && envelope.scheme() == given.number(2);
  }

  private static List<List<@Nullable Object>> drained(Context in, Parameters given) {
    boolean drained = in.tables().drained.committed().containsKey(given.text(0));
    return List.of(row(drained ? 1L : 0L));
  }

  private static List<List<@Nullable Object>> fill(Context in, Parameters given)
      throws SQLException {
    for (int i = 0; i < given.length(1); i++) {
      BallotRow ballot = new BallotRow(given.text(0), given.text(1, i), in.transaction());
      in.transaction().write(in.tables().box, in.tables().box.nextNumber(), ballot);
    }
    return List.of();
  }

  private static List<List<@Nullable Object>> add(Context in, Parameters given)
      throws SQLException {
    Table<Long> tally = in.tables().tally;
    for (int i = 0; i < given.length(1); i++) {
      String key = given.text(0) + "|" + given.text(1, i);
      in.transaction().lock(tally, key);
      long before = Objects.requireNonNullElse(in.transaction().read(tally, key), 0L);
      in.transaction().write(tally, key, before + given.number(2, i));
    }
    return List.of();
  }

  private static List<List<@Nullable Object>> spoil(Context in, Parameters given)
      throws SQLException {
    for (int i = 0; i < given.length(1); i++) {
      String key = Tables.key(given.text(0), given.bytes(1, i));
      in.transaction().write(in.tables().spoiled, key, given.text(2, i));
    }
    return List.of();
  }

  private static List<List<@Nullable Object>> counted(Context in, Parameters given) {
    Table<Long> tally = in.tables().tally;
    long sum = 0;
    for (String choice : Election.CHOICES) {
      String key = given.text(0) + "|" + choice;
      sum += Objects.requireNonNullElse(in.transaction().read(tally, key), 0L);
    }
    return List.of(row(sum));
  }
}
