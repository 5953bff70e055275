package io.scrutin.servers;

/**
 * A server cannot be found, brought or started. The message is one line for whoever typed the
 * command: what is missing, and what to do.
 */
public final class ServerUnavailable extends RuntimeException {
  public ServerUnavailable(String message) {
    super(message);
  }

  public ServerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
