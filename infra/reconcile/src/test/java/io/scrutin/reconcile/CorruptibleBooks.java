package io.scrutin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** Books that balance until a table of theirs is corrupted, and again once it is put right. */
final class CorruptibleBooks implements AutoCloseable {
  private final Election election;
  private String touched = "";

  CorruptibleBooks(Path dir) throws Exception {
    election = new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600)).voted();
    balance();
  }

  Map<String, String> environment() {
    return election.environment();
  }

  /** How a difference of that vote begins. */
  static String of(int vote) {
    return Samples.vote(vote) + "  ";
  }

  /** Leaves the table corrupted, until {@link #putRight}. */
  void finds(String table, String corruption, String... lines) throws SQLException {
    election.tables.sql("CREATE TABLE public.before AS TABLE " + table);
    touched = table;
    election.tables.sql(corruption);
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.code()).isEqualTo(1);
    for (String line : lines) {
      assertThat(reconciled.text()).containsPattern(line);
    }
  }

  void putRight() throws SQLException {
    if (!touched.isEmpty()) {
      election.tables.sql("DELETE FROM " + touched);
      election.tables.sql(
          "INSERT INTO " + touched + " OVERRIDING SYSTEM VALUE SELECT * FROM public.before");
      election.tables.sql("DROP TABLE public.before");
      touched = "";
    }
    balance();
  }

  private void balance() {
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.text()).contains("The books balance.");
    assertThat(reconciled.code()).isZero();
  }

  @Override
  public void close() {
    election.close();
  }
}
