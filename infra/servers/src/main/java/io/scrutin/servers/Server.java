package io.scrutin.servers;

/**
 * A server that runs as a child process with its data in a folder. It outlives this JVM unless it
 * is stopped; the next one to start on the folder ends it first.
 */
public abstract sealed class Server implements AutoCloseable
    permits NatsServer, RedisServer, PostgresServer {
  private final Life life;

  Server(Life life) {
    this.life = life;
  }

  /**
   * @param marker what its command line shows of this folder
   * @param port 0 for any free one
   */
  final void begin(String marker, int port) {
    life.start(marker, port);
  }

  /** As its clients want it. */
  public abstract String url();

  public final int port() {
    return life.port();
  }

  public final long pid() {
    return life.pid();
  }

  public final boolean isRunning() {
    return life.isRunning();
  }

  /** Lets it finish, within a limit. The folder stays ours, so that it can be started again. */
  public final void stop() {
    life.stop();
  }

  /** SIGKILL, to it and its children. */
  public final void kill() {
    life.kill();
  }

  /** On the same folder and port; stops it first when it runs. */
  public final void restart() {
    life.restart();
  }

  /** Stops it and lets go of the folder. */
  @Override
  public final void close() {
    life.close();
  }
}
