package io.scrutin.chaos;

import io.scrutin.standalone.LocalServers;

/** The servers that keep things. */
enum Store {
  BROKER(LocalServers.NATS),
  REDIS(LocalServers.REDIS),
  POSTGRES(LocalServers.POSTGRES);

  private final String server;

  Store(String server) {
    this.server = server;
  }

  /** As its folder is called, and the ways to it. */
  String server() {
    return server;
  }
}
