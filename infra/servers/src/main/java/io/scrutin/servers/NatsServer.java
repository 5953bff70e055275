package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/** A NATS server with JetStream on file. */
public final class NatsServer extends Server {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final Version KNOWS_SYNC_INTERVAL = new Version(2, 10);

  private final Path data;

  private NatsServer(Program program, ServerFolder folder, OptionalLong maxFileBytes) {
    super(
        new Life(
            new ServerProcess(folder, "TERM"),
            port -> prepare(program, folder, port, maxFileBytes),
            STOP_LIMIT));
    this.data = folder.data();
  }

  public static NatsServer start(ServerPrograms programs, Path dir, int port) {
    return start(programs, dir, port, OptionalLong.empty());
  }

  /**
   * @param port 0 for any free one
   * @param maxFileBytes how much all streams together may promise; when empty, as much as the disk
   *     is large
   */
  public static NatsServer start(
      ServerPrograms programs, Path dir, int port, OptionalLong maxFileBytes) {
    try {
      ServerFolder folder = ServerFolder.of(dir, "nats");
      NatsServer server = new NatsServer(programs.nats(), folder, maxFileBytes);
      server.begin(folder.configuration().toString(), port);
      return server;
    } catch (IOException failure) {
      throw new ServerUnavailable("NATS did not start: " + failure.getMessage(), failure);
    }
  }

  private static Life.Launch prepare(
      Program program, ServerFolder folder, int port, OptionalLong maxFileBytes)
      throws IOException {
    Files.createDirectories(folder.data());
    String name = "scrutin-" + UUID.randomUUID();
    List<String> limits = new ArrayList<>();
    // Said by nobody, it is three quarters of what is free at each start. A stream that was
    // promised more than that, on an emptier disk, is then left out with all its votes.
    limits.add("max_file_store: " + maxFileBytes.orElse(store(folder.data()).getTotalSpace()));
    if (program.version().isAtLeast(KNOWS_SYNC_INTERVAL)) {
      // What a power loss may take from the broker; "recorded" is Postgres's word and survives it.
      limits.add("sync_interval: \"10s\"");
    }
    Files.writeString(
        folder.configuration(),
        Template.fill(
            "nats-server.conf",
            Map.of(
                "name", name,
                "port", Integer.toString(port),
                "data", folder.data().toString(),
                "limits", limits.stream().collect(Collectors.joining("\n  ")))));
    return new Life.Launch(
        List.of(program.path().toString(), "-c", folder.configuration().toString()),
        program.environment(),
        _ -> Wire.ask(port, "").contains(name));
  }

  private static FileStore store(Path data) throws IOException {
    return Files.getFileStore(data);
  }

  /** What its disk has left at this moment. */
  public long freeBytes() throws IOException {
    return store(data).getUsableSpace();
  }

  @Override
  public String url() {
    return "nats://127.0.0.1:" + port();
  }
}
