package io.scrutin.simulation;

import io.scrutin.postgres.Migrate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the real tables are made by, asked for the keys that simulated ones stand for. */
final class Migrations {
  private static final String STORE = "migrations/V4__store.sql";

  private Migrations() {}

  static boolean haveKey(String table, String key) {
    try (InputStream sql = Migrate.class.getResourceAsStream(STORE)) {
      if (sql == null) {
        throw new IllegalStateException("there is no " + STORE);
      }
      String text = new String(sql.readAllBytes(), StandardCharsets.UTF_8);
      int from = text.indexOf("CREATE TABLE " + table + " (");
      return from >= 0 && text.substring(from, text.indexOf(");", from)).contains(key);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
