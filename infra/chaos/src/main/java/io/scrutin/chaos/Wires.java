package io.scrutin.chaos;

import io.scrutin.standalone.Replicated.Way;
import io.scrutin.testing.TcpProxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A wire of ours in every connection of the system. */
final class Wires implements AutoCloseable {
  private record Ends(String from, String to) {}

  private static final Duration SLOW = Duration.ofMillis(150);
  private static final long NARROW_BYTES_PER_SECOND = 20_000;

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

  /**
   * All that begin at somebody of that name, but for those to these.
   *
   * @param prefix of the name
   */
  List<TcpProxy> from(String prefix, Collection<String> butTo) {
    return wires.entrySet().stream()
        .filter(wire -> wire.getKey().from().startsWith(prefix))
        .filter(wire -> !butTo.contains(wire.getKey().to()))
        .map(Map.Entry::getValue)
        .toList();
  }

  int count() {
    return wires.size();
  }

  static void spoil(TcpProxy wire, Trouble trouble) {
    switch (trouble) {
      case DELAY -> wire.delay(SLOW);
      case THROTTLE -> wire.throttle(NARROW_BYTES_PER_SECOND);
      case CUT -> wire.cut();
      case HALF_OPEN -> wire.halfOpen();
      case RESET -> wire.reset();
    }
  }

  @Override
  public void close() {
    wires.values().forEach(TcpProxy::close);
  }
}
