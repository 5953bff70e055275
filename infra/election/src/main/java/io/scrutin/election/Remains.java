package io.scrutin.election;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.scrutin.broker.BrokerLink;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * All that an election leaves behind, as text: what somebody who broke in everywhere would read.
 */
public final class Remains {
  /** Where a text was found: the reader is told that, and never the text. */
  public interface Reader extends BiConsumer<String, String> {}

  private static final int KEYS_AT_ONCE = 1_000;
  private static final Duration NEXT_MESSAGE = Duration.ofSeconds(2);

  private Remains() {}

  public static void ofPostgres(DataSource owner, Reader reader) throws SQLException, IOException {
    try (var connection = owner.getConnection()) {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      for (String table : tables(connection)) {
        StringWriter rows = new StringWriter();
        postgres.getCopyAPI().copyOut("COPY " + table + " TO STDOUT", rows);
        reader.accept("table " + table, rows.toString());
      }
    }
  }

  private static List<String> tables(java.sql.Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT schemaname || '.' || tablename FROM pg_tables
                WHERE schemaname IN ('contests', 'roll', 'store', 'tally', 'audit') ORDER BY 1
                """)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /** Each message of each stream. */
  public static void ofStreams(String url, Reader reader)
      throws IOException, InterruptedException, JetStreamApiException {
    try (BrokerLink broker = BrokerLink.open(url, "scrutin-demo")) {
      Connection connection = broker.await(NEXT_MESSAGE);
      for (String stream : connection.jetStreamManagement().getStreamNames()) {
        long messages =
            connection.jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
        JetStreamSubscription subscription =
            connection
                .jetStream()
                .subscribe(
                    ">", PushSubscribeOptions.builder().stream(stream).ordered(true).build());
        for (long i = 0; i < messages; i++) {
          Message message = subscription.nextMessage(NEXT_MESSAGE);
          if (message == null) {
            throw new IOException("the stream " + stream + " ends before its end");
          }
          reader.accept(
              message.getSubject(), new String(message.getData(), StandardCharsets.UTF_8));
        }
        subscription.unsubscribe();
      }
    }
  }

  public static void ofRedis(String url, Reader reader)
      throws ExecutionException, InterruptedException {
    RedisClient client = RedisClient.create(RedisURI.create(url));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      ScanIterator<String> keys =
          ScanIterator.scan(connection.sync(), ScanArgs.Builder.limit(KEYS_AT_ONCE));
      List<String> some = new ArrayList<>();
      while (keys.hasNext()) {
        some.add(keys.next());
        if (some.size() == KEYS_AT_ONCE || !keys.hasNext()) {
          read(connection.async(), some, reader);
          some.clear();
        }
      }
    } finally {
      client.shutdown();
    }
  }

  /** All asked for before any is waited for: there are 32,768 buckets. */
  private static void read(
      RedisAsyncCommands<String, String> redis, List<String> keys, Reader reader)
      throws ExecutionException, InterruptedException {
    List<RedisFuture<String>> types = keys.stream().map(redis::type).toList();
    Map<String, RedisFuture<?>> values = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      switch (types.get(i).get()) {
        case "set" -> values.put(key, redis.smembers(key));
        case "hash" -> values.put(key, redis.hgetall(key));
        case "string" -> values.put(key, redis.get(key));
        // Published counts are kept for a second: they may be gone since the scan.
        case "none" -> {}
        case String other -> throw new IllegalStateException("a key of type " + other);
      }
    }
    for (Map.Entry<String, RedisFuture<?>> value : values.entrySet()) {
      String key = value.getKey();
      String kind = key.contains("{") ? key.substring(0, key.indexOf('{')) : key;
      reader.accept("Redis " + kind, key + " " + value.getValue().get());
    }
  }

  public static void ofLogs(Path dir, Reader reader) throws IOException {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(dir.resolve("logs"))) {
      for (Path log : logs) {
        if (Files.isRegularFile(log)) {
          reader.accept("log " + log.getFileName(), Files.readString(log));
        }
      }
    }
  }
}
