package io.scrutin.hashgen;

import java.io.IOException;
import java.sql.SQLException;

/** Tags in ascending order, from a shard or from Postgres. */
interface TagSource {
  /** The next one, or an empty array after the last. */
  byte[] next() throws IOException, SQLException, RollRefused;
}
