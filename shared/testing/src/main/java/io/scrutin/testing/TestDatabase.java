package io.scrutin.testing;

import io.scrutin.postgres.Roles;
import io.scrutin.servers.PostgresServer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database of a test's own. The server trusts everybody: no role has a password. */
public record TestDatabase(String jdbcUrl) {
  /**
   * As that function's role: what is not granted to it fails in the test as it would in service.
   */
  public DataSource dataSource(String function) {
    return connectingAs(Roles.of(function));
  }

  /** As the owner of everything, to prepare and to look. */
  public DataSource ownerDataSource() {
    return connectingAs(PostgresServer.SUPERUSER);
  }

  private DataSource connectingAs(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    source.setConnectTimeout(5);
    source.setSocketTimeout(60);
    return source;
  }
}
