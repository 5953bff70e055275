package io.scrutin.verify;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerListOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Tag;
import io.scrutin.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The roll: Redis says yes fast, Postgres alone says no. */
final class Roll {
  /** A tag in a contest. */
  record Credential(String lawId, Tag tag) {}

  private static final String COMPLETE =
      "SELECT law_id, scheme FROM roll.roll WHERE complete_at IS NOT NULL AND law_id = ANY (?)";

  private static final String ON_ROLL =
      """
      SELECT r.law_id, v.tag FROM unnest(?::text[], ?::bytea[]) AS asked(law_id, tag)
      JOIN roll.roll r ON r.law_id = asked.law_id
      JOIN roll.voter v ON v.roll = r.number AND v.tag = asked.tag
      """;

  private final RedisLink redis;
  private final DataSource database;
  private final String environment;

  Roll(RedisLink redis, DataSource database, String environment) {
    this.redis = redis;
    this.database = database;
    this.environment = environment;
  }

  void getReady() {
    redis.getReady();
  }

  Map<Credential, RollEntry> lookUp(Set<Credential> asked) throws SQLException {
    Map<Credential, RollEntry> entries = new HashMap<>();
    Set<Credential> unsure = new LinkedHashSet<>();
    Set<Credential> indexed = onIndex(List.copyOf(asked));
    for (Credential credential : asked) {
      if (indexed.contains(credential)) {
        entries.put(credential, new RollEntry.OnRoll());
      } else {
        unsure.add(credential);
      }
    }
    if (!unsure.isEmpty()) {
      entries.putAll(onTable(List.copyOf(unsure)));
    }
    return entries;
  }

  /** Those that Redis has. The others may be missing there, or Redis may be away or empty. */
  private Set<Credential> onIndex(List<Credential> asked) {
    List<RedisCommand<byte[], byte[], List<Long>>> commands = new ArrayList<>(asked.size());
    for (Credential credential : asked) {
      Tag tag = credential.tag();
      String key =
          RollBuckets.key(environment, "valid_hashes", credential.lawId(), RollBuckets.bucket(tag));
      CommandArgs<byte[], byte[]> arguments =
          new CommandArgs<>(ByteArrayCodec.INSTANCE)
              .addKey(key.getBytes(StandardCharsets.UTF_8))
              .add(RollBuckets.SENTINEL)
              .add(RollBuckets.prefix(tag));
      commands.add(
          new Command<>(
              CommandType.SMISMEMBER, new IntegerListOutput<>(ByteArrayCodec.INSTANCE), arguments));
    }
    Optional<List<List<Long>>> answers = redis.sendAll(commands);
    Set<Credential> found = new HashSet<>();
    answers.ifPresent(
        lists -> {
          for (int i = 0; i < lists.size(); i++) {
            // A bucket without its sentinel was never loaded whole, or belongs to an older Redis.
            if (lists.get(i).equals(List.of(1L, 1L))) {
              found.add(asked.get(i));
            }
          }
        });
    return found;
  }

  private Map<Credential, RollEntry> onTable(List<Credential> asked) throws SQLException {
    Map<Credential, RollEntry> entries = new LinkedHashMap<>();
    try (Connection connection = database.getConnection()) {
      // Completeness first: read after the tags, a roll completed in between would turn a voter
      // who was still being loaded into an unknown one.
      Map<String, String> schemes = schemesOfCompleteRolls(connection, asked);
      Set<Credential> present = present(connection, asked);
      for (Credential credential : asked) {
        String scheme = schemes.get(credential.lawId());
        if (present.contains(credential)) {
          entries.put(credential, new RollEntry.OnRoll());
        } else if (scheme != null) {
          entries.put(credential, new RollEntry.NotOnRoll(scheme));
        } else {
          entries.put(credential, new RollEntry.RollIncomplete());
        }
      }
    }
    return entries;
  }

  private static Map<String, String> schemesOfCompleteRolls(
      Connection connection, List<Credential> asked) throws SQLException {
    String[] laws = asked.stream().map(Credential::lawId).distinct().toArray(String[]::new);
    Map<String, String> schemes = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(COMPLETE)) {
      select.setArray(1, connection.createArrayOf("text", laws));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          schemes.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return schemes;
  }

  private static Set<Credential> present(Connection connection, List<Credential> asked)
      throws SQLException {
    String[] laws = asked.stream().map(Credential::lawId).toArray(String[]::new);
    byte[][] tags =
        asked.stream().map(asking -> asking.tag().bytes().toArray()).toArray(byte[][]::new);
    Set<Credential> present = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(ON_ROLL)) {
      select.setArray(1, connection.createArrayOf("text", laws));
      select.setArray(2, connection.createArrayOf("bytea", tags));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          present.add(new Credential(rows.getString(1), Tag.of(rows.getBytes(2))));
        }
      }
    }
    return present;
  }
}
