package io.scrutin.trigger;

import io.nats.client.api.ConsumerInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Which durables of a stream this trigger has messages of in hand. */
final class Incarnations {
  private final BooleanSupplier known;
  private final Consumer<String> replaced;
  private final Map<String, Incarnation> byName = new HashMap<>();

  /**
   * @param known whether all durables were looked at on the connection that there is now
   * @param replaced told of each durable that another of its name follows, or that is gone: nothing
   *     that was learnt of it is true of that other one
   */
  Incarnations(BooleanSupplier known, Consumer<String> replaced) {
    this.known = known;
    this.replaced = replaced;
  }

  /** The one that is there. */
  Incarnation of(ConsumerInfo info) {
    Incarnation before = byName.get(info.getName());
    if (before != null && before.isOf(info) && !before.isOver()) {
      return before;
    }
    if (before != null) {
      before.end();
      replaced.accept(info.getName());
    }
    Incarnation fresh = new Incarnation(info.getCreationTime().toInstant(), known);
    byName.put(info.getName(), fresh);
    return fresh;
  }

  void end(String name) {
    Incarnation ours = byName.get(name);
    if (ours != null) {
      ours.end();
    }
  }

  /**
   * Another trigger rewound the others, or is about to, or crashed between deleting one and making
   * it anew: what is in hand is not the new one's, however much later that one comes. Nor is what
   * it had settled: written into the new one as the place to start again from, that would skip what
   * the new one has still to read.
   */
  void endAllBut(List<ConsumerInfo> there) {
    Map<String, ConsumerInfo> byNow =
        there.stream().collect(Collectors.toMap(ConsumerInfo::getName, info -> info));
    byName.forEach(
        (name, ours) -> {
          ConsumerInfo info = byNow.get(name);
          if (info == null || !ours.isOf(info)) {
            ours.end();
            replaced.accept(name);
          }
        });
  }
}
