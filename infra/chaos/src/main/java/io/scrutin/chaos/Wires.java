package io.scrutin.chaos;

import io.scrutin.standalone.Replicated.Way;
import io.scrutin.testing.TcpProxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A wire of ours in every connection of the system. */
final class Wires implements AutoCloseable {
  private record Ends(String from, String to) {}

  private final Map<Ends, TcpProxy> wires = new ConcurrentHashMap<>();

  /** A process that is started again finds its wires as they were. */
  int lay(Way way) {
    return wires
        .computeIfAbsent(new Ends(way.from(), way.to()), _ -> TcpProxy.toAny(way.ports()))
        .port();
  }

  /** Nothing when that process never goes there. */
  Optional<TcpProxy> between(String from, String to) {
    return Optional.ofNullable(wires.get(new Ends(from, to)));
  }

  int count() {
    return wires.size();
  }

  void heal() {
    wires.values().forEach(TcpProxy::heal);
  }

  @Override
  public void close() {
    wires.values().forEach(TcpProxy::close);
  }
}
