package io.scrutin.simulation;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the product sends, known by what is peculiar to its text. One that is not known
 * fails: it must be looked at before a simulation says anything of it.
 *
 * @param name as crash points call it
 * @param part of the text, which no other statement has
 */
record Statement(String name, String part, boolean writes, Meaning meaning) {
  /** Where a statement runs. */
  record Context(Tables tables, Transaction transaction, Instant now) {}

  /** What it does. */
  interface Meaning {
    List<List<@Nullable Object>> run(Context in, Parameters given) throws SQLException;
  }

  private static final List<Statement> ALL = all();
  private static final ConcurrentHashMap<String, Statement> BY_TEXT = new ConcurrentHashMap<>();

  private static List<Statement> all() {
    List<Statement> all = new ArrayList<>(VoteStatements.ALL);
    all.addAll(AuditStatements.ALL);
    return List.copyOf(all);
  }

  static Statement of(String sql) {
    return BY_TEXT.computeIfAbsent(
        sql,
        text ->
            ALL.stream()
                .filter(statement -> text.contains(statement.part()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new UnsupportedOperationException(
                            "the simulation knows no such statement: " + text)));
  }

  List<List<@Nullable Object>> run(Context in, List<Object> given) throws SQLException {
    return meaning.run(in, new Parameters(given));
  }
}
