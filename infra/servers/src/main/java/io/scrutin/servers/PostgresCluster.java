package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The data folder of a Postgres: made once, configured at each start. */
record PostgresCluster(
    ServerFolder folder, Program initdb, PostgresAccess access, PostgresDurability durability) {
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(3);
  private static final String SHARED_BUFFERS = "128MB";

  /** The line of {@code postmaster.pid} that says {@code ready}. */
  private static final int STATUS_LINE = 7;

  static PostgresCluster in(
      ServerFolder folder,
      ServerPrograms programs,
      PostgresAccess access,
      PostgresDurability durability)
      throws IOException {
    Program initdb = programs.postgres(majorOf(folder.data()));
    return new PostgresCluster(folder, initdb, access, durability);
  }

  /**
   * Where the link in a folder of the PATH leads to: only there the other programs are sure to be.
   */
  private Path programs() throws IOException {
    return initdb.path().toRealPath().resolveSibling("");
  }

  private static OptionalInt majorOf(Path data) throws IOException {
    Path version = data.resolve("PG_VERSION");
    return Files.exists(version)
        ? OptionalInt.of(Integer.parseInt(Files.readString(version).strip()))
        : OptionalInt.empty();
  }

  Life.Launch prepare(int port) throws IOException {
    Path data = folder.data();
    if (!Files.exists(data)) {
      make();
    }
    Unprivileged runner = Unprivileged.owning(data, programs());
    write("postgresql.conf", configuration(), runner);
    write("pg_hba.conf", hosts(), runner);
    List<String> command = new ArrayList<>(runner.prefix());
    command.addAll(
        List.of(
            programs().resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port)));
    return new Life.Launch(command, initdb.environment(), this::isReady);
  }

  private String configuration() throws IOException {
    String fsync =
        switch (durability) {
          case POWER_LOSS -> "on";
          case PROCESS_CRASH -> "off";
        };
    return Template.fill(
        "postgresql.conf", Map.of("shared_buffers", SHARED_BUFFERS, "fsync", fsync));
  }

  /** "all" databases are not what a base backup connects to. */
  private String hosts() {
    return "host all all 127.0.0.1/32 %s%nhost replication %s 127.0.0.1/32 %s%n"
        .formatted(method(), PostgresServer.SUPERUSER, method());
  }

  private String method() {
    return switch (access) {
      case PostgresAccess.Trust _ -> "trust";
      case PostgresAccess.Passwords _ -> "scram-sha-256";
    };
  }

  private void write(String name, String content, Unprivileged runner) throws IOException {
    Path file = folder.data().resolve(name);
    Files.writeString(file, content);
    if (Unprivileged.isRoot()) {
      Unprivileged.giveTo(runner.owner(), file);
    }
  }

  /** Beside its place, then moved there: a half-made folder would be refused for good. */
  private void make() throws IOException {
    Path fresh = folder.root().resolve(folder.name() + ".new");
    Path passwordFile = folder.root().resolve(folder.name() + ".password");
    CacheFolder.deleteTree(fresh);
    Files.createDirectory(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Unprivileged runner = Unprivileged.owning(fresh, programs());
    List<String> command = new ArrayList<>(runner.prefix());
    command.addAll(
        List.of(
            programs().resolve("initdb").toString(),
            "--pgdata=" + fresh,
            "--username=" + PostgresServer.SUPERUSER,
            "--encoding=UTF8",
            "--locale=C",
            "--auth=" + method()));
    if (access instanceof PostgresAccess.Passwords passwords) {
      SecretFile.write(passwordFile, Files.readString(passwords.superuserFile()).strip());
      if (Unprivileged.isRoot()) {
        Unprivileged.giveTo(runner.owner(), passwordFile);
      }
      command.add("--pwfile=" + passwordFile);
    }
    if (durability == PostgresDurability.PROCESS_CRASH) {
      command.add("--no-sync");
    }
    Command.Result made = new Command(command, initdb.environment(), INITDB_LIMIT).run();
    Files.deleteIfExists(passwordFile);
    if (!made.succeeded()) {
      throw new IOException("initdb: " + made.lastLine());
    }
    Files.move(fresh, folder.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Postgres writes it there itself, so nobody else on its port can be taken for it. */
  private boolean isReady(long pid) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(folder.data().resolve("postmaster.pid"));
    } catch (NoSuchFileException notYet) {
      return false;
    }
    return lines.size() > STATUS_LINE
        && lines.getFirst().strip().equals(Long.toString(pid))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }
}
