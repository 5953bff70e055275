package io.scrutin.chaos;

import io.scrutin.standalone.LocalServers;
import java.util.Arrays;

/** The servers that keep things. */
enum Store {
  BROKER(LocalServers.NATS),
  REDIS(LocalServers.REDIS),
  POSTGRES(LocalServers.POSTGRES);

  private final String server;

  Store(String server) {
    this.server = server;
  }

  static Store of(String server) {
    return Arrays.stream(values())
        .filter(store -> store.server.equals(server))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no server " + server));
  }

  /** As its folder is called, and the ways to it. */
  String server() {
    return server;
  }
}
