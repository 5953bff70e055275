package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Redis server with an append-only file and snapshots. */
public final class RedisServer extends Server {
  /** It writes a snapshot before it leaves. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private RedisServer(Program program, ServerFolder folder) {
    super(
        new Life(
            new ServerProcess(folder, "TERM"), port -> prepare(program, folder, port), STOP_LIMIT));
  }

  /**
   * @param port 0 for any free one
   */
  public static RedisServer start(ServerPrograms programs, Path dir, int port) {
    try {
      ServerFolder folder = ServerFolder.of(dir, "redis");
      RedisServer server = new RedisServer(programs.redis(), folder);
      server.begin(folder.configuration().toString(), port);
      return server;
    } catch (IOException failure) {
      throw new ServerUnavailable("Redis did not start: " + failure.getMessage(), failure);
    }
  }

  private static Life.Launch prepare(Program program, ServerFolder folder, int port)
      throws IOException {
    Files.createDirectories(folder.data());
    Files.writeString(
        folder.configuration(),
        Template.fill(
            "redis.conf",
            Map.of("port", Integer.toString(port), "data", folder.data().toString())));
    return new Life.Launch(
        List.of(program.path().toString(), folder.configuration().toString()),
        program.environment(),
        pid -> isReady(port, pid));
  }

  /** It tells who it is while it still reads its data back, but does not answer a ping. */
  private static boolean isReady(int port, long pid) {
    return Wire.ask(port, "INFO server\r\n").contains("process_id:" + pid + "\r\n")
        && Wire.ask(port, "PING\r\n").startsWith("+PONG");
  }

  @Override
  public String url() {
    return "redis://127.0.0.1:" + port();
  }
}
