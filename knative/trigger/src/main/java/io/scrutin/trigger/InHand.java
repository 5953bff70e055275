package io.scrutin.trigger;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The messages in hand; as long as they are, the broker is told so. */
final class InHand {
  private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();

  void add(Collection<Delivery> taken) {
    deliveries.addAll(taken);
  }

  void remove(Collection<Delivery> done) {
    done.forEach(deliveries::remove);
  }

  void remove(Delivery done) {
    deliveries.remove(done);
  }

  void heartbeat() {
    deliveries.forEach(Delivery::stillInHand);
  }

  void giveBackAll() {
    deliveries.forEach(Delivery::giveBack);
    deliveries.clear();
  }
}
