package io.scrutin.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that answers with nothing when Redis is away. Redis is an index of what Postgres
 * knows: whoever gets nothing asks there, or goes on without.
 */
public final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

  /** Long enough for a batch on a busy machine, short enough not to hold up the vote's way. */
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** While Redis is away one batch in this while pays the time-out, the others do not. */
  private static final Duration PAUSE_WHEN_AWAY = Duration.ofSeconds(1);

  private static final String CLUSTER = "redis-cluster:";

  private final Duration timeout;
  private final @Nullable AbstractRedisClient client;
  private final Supplier<StatefulConnection<byte[], byte[]>> connecting;
  private final LongSupplier nanoTime;
  private final AtomicLong awayUntilNanos;
  private @Nullable StatefulConnection<byte[], byte[]> connection;

  /**
   * @param url of one server, or with {@code redis-cluster:} of one node of a cluster; each command
   *     names one key, so that the client knows which node is meant
   */
  public RedisLink(String url) {
    this(url, TIMEOUT);
  }

  /** For who holds up no vote, and would rather wait than go on without Redis. */
  public RedisLink(String url, Duration timeout) {
    this.timeout = timeout;
    this.nanoTime = System::nanoTime;
    this.awayUntilNanos = new AtomicLong(nanoTime.getAsLong());
    if (url.startsWith(CLUSTER)) {
      RedisClusterClient cluster = ofCluster(url);
      client = cluster;
      connecting = () -> cluster.connect(ByteArrayCodec.INSTANCE);
    } else {
      RedisClient server = ofServer(url);
      client = server;
      connecting = () -> server.connect(ByteArrayCodec.INSTANCE);
    }
  }

  /** Over connections of another making, and in their time: those of a simulated Redis. */
  public RedisLink(Supplier<StatefulConnection<byte[], byte[]>> connecting, LongSupplier nanoTime) {
    this.timeout = TIMEOUT;
    this.client = null;
    this.connecting = connecting;
    this.nanoTime = nanoTime;
    this.awayUntilNanos = new AtomicLong(nanoTime.getAsLong());
  }

  private RedisClient ofServer(String url) {
    RedisClient server = RedisClient.create(uri(url));
    server.setOptions(bounded(ClientOptions.builder()).build());
    return server;
  }

  private RedisClusterClient ofCluster(String url) {
    RedisClusterClient cluster =
        RedisClusterClient.create(uri("redis:" + url.substring(CLUSTER.length())));
    ClusterClientOptions.Builder options = ClusterClientOptions.builder();
    bounded(options);
    cluster.setOptions(
        options
            // A leader that is lost is known by its answers, not by a clock.
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder().enableAllAdaptiveRefreshTriggers().build())
            .build());
    return cluster;
  }

  private RedisURI uri(String url) {
    RedisURI uri = RedisURI.create(url);
    uri.setTimeout(timeout);
    return uri;
  }

  private ClientOptions.Builder bounded(ClientOptions.Builder options) {
    return options
        .autoReconnect(true)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
        // A script sent and then re-sent after a reconnect is harmless here, but a queue that
        // grows while Redis is away is not.
        .requestQueueSize(100_000);
  }

  /**
   * Sends all commands in one flush and waits for their answers, in order: all of them, or nothing
   * when Redis is away, too slow or answers with an error (MISCONF on a full disk, LOADING).
   */
  public <T> Optional<List<T>> sendAll(List<? extends RedisCommand<byte[], byte[], T>> commands) {
    if (commands.isEmpty()) {
      return Optional.of(List.of());
    }
    if (nanoTime.getAsLong() - awayUntilNanos.get() < 0) {
      return Optional.empty();
    }
    try {
      List<AsyncCommand<byte[], byte[], T>> sent = new ArrayList<>(commands.size());
      commands.forEach(command -> sent.add(new AsyncCommand<>(command)));
      connected().dispatch(sent);
      long deadline = System.nanoTime() + timeout.toNanos();
      List<T> answers = new ArrayList<>(sent.size());
      for (AsyncCommand<byte[], byte[], T> command : sent) {
        answers.add(command.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
      }
      return Optional.of(answers);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (RuntimeException | ExecutionException | TimeoutException away) {
      awayUntilNanos.set(nanoTime.getAsLong() + PAUSE_WHEN_AWAY.toNanos());
      LOG.warn("Redis is away, going on without it: {}", away.toString());
      return Optional.empty();
    }
  }

  /** Connects, so that the first batch does not wait for it. */
  public void getReady() {
    var _ =
        sendAll(
            List.of(new Command<>(CommandType.PING, new StatusOutput<>(ByteArrayCodec.INSTANCE))));
  }

  private synchronized StatefulConnection<byte[], byte[]> connected() {
    if (connection == null) {
      connection = connecting.get();
    }
    return connection;
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      connection.close();
    }
    if (client != null) {
      client.shutdown(0, 1, TimeUnit.SECONDS);
    }
  }
}
