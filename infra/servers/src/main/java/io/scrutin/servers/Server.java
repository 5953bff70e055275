package io.scrutin.servers;

/**
 * A server that runs as a child process with its data in a folder. It outlives this JVM unless it
 * is stopped; the next one to start on the folder ends it first.
 */
public sealed interface Server extends AutoCloseable
    permits NatsServer, RedisServer, PostgresServer {
  int port();

  /** As its clients want it. */
  String url();

  long pid();

  boolean isRunning();

  /** Lets it finish, within a limit. The folder stays ours, so that it can be started again. */
  void stop();

  /** SIGKILL, to it and its children. */
  void kill();

  /** On the same folder and port; stops it first when it runs. */
  void restart();

  /** Stops it and lets go of the folder. */
  @Override
  void close();
}
