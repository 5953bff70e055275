package io.scrutin.bench;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What makes votes durable, and must be on wherever a rate means anything. */
final class Safeguards {
  private static final List<String> ON = List.of("fsync", "full_page_writes", "synchronous_commit");

  /**
   * The only one of them that a role or a database can have of its own: it would be off for a
   * function and on for who asks here.
   */
  private static final String PER_ROLE =
      """
      SELECT count(*) FROM pg_db_role_setting, unnest(setconfig) AS setting
      WHERE split_part(setting, '=', 1) = 'synchronous_commit' AND split_part(setting, '=', 2) <> 'on'
      """;

  private Safeguards() {}

  /** Each that is off; a run that names one is worth nothing. */
  static List<String> off(Places places) throws SQLException, IOException, JetStreamApiException {
    List<String> off = new ArrayList<>();
    try (Connection postgres = places.postgres()) {
      for (String setting : ON) {
        if (!setting(postgres, setting).equals("on")) {
          off.add("Postgres's " + setting);
        }
      }
      if (Places.number(postgres, PER_ROLE) > 0) {
        off.add("synchronous_commit of a role");
      }
    }
    JetStreamManagement streams = places.nats().jetStreamManagement();
    for (StreamName stream : List.of(StreamName.CASTS, StreamName.VOTES, StreamName.PARKED)) {
      String name = stream.in(places.surroundings().environment());
      StreamConfiguration configuration = streams.getStreamInfo(name).getConfiguration();
      if (configuration.getStorageType() != StorageType.File) {
        off.add("file storage of " + name);
      }
      if (configuration.getNoAck()) {
        off.add("PubAck of " + name);
      }
    }
    return List.copyOf(off);
  }

  private static String setting(Connection postgres, String name) throws SQLException {
    try (PreparedStatement show = postgres.prepareStatement("SELECT current_setting(?)")) {
      show.setString(1, name);
      try (ResultSet row = show.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
