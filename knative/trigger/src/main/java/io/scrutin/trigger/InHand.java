package io.scrutin.trigger;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The messages in hand; as long as they are, the broker is told so. */
final class InHand {
  /** In the order they came in, which is that of the stream. */
  private final Set<Delivery> deliveries = Collections.synchronizedSet(new LinkedHashSet<>());

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
    // A copy: a word to the broker may take its time, and others want to add meanwhile.
    List.copyOf(deliveries).forEach(Delivery::stillInHand);
  }

  void giveBackAll() {
    List.copyOf(deliveries).forEach(Delivery::giveBack);
    deliveries.clear();
  }
}
