package io.scrutin.servers;

import java.util.List;

/** The servers that Scrutin needs, and how old each may be. */
enum ServerKind {
  /** 2.9: what Debian 12 has, and where everything the trigger uses was tried. */
  NATS("NATS", "nats-server", new Version(2, 9)),
  REDIS("Redis", "redis-server", new Version(6, 2)),
  /** Two programs of the same folder are needed: {@code initdb} stands for both. */
  POSTGRES("Postgres", "initdb", new Version(15, 0));

  private final String title;
  private final String program;
  private final Version oldest;

  ServerKind(String title, String program, Version oldest) {
    this.title = title;
    this.program = program;
    this.oldest = oldest;
  }

  String title() {
    return title;
  }

  String program() {
    return program;
  }

  Version oldest() {
    return oldest;
  }

  /** Where the program lies on machines that do not have its folder on the PATH. */
  List<String> usualFolders() {
    return switch (this) {
      case NATS, REDIS ->
          List.of("/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin");
      case POSTGRES ->
          List.of(
              "/usr/lib/postgresql/*/bin",
              "/usr/pgsql-*/bin",
              "/usr/libexec/postgresql*",
              "/opt/homebrew/opt/postgresql@*/bin",
              "/usr/local/opt/postgresql@*/bin",
              "/usr/local/bin",
              "/opt/homebrew/bin");
    };
  }
}
