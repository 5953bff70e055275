package io.scrutin.chaos;

import io.scrutin.chaos.Breach.Promise;
import java.util.List;

/**
 * What came of it.
 *
 * @param votes how many intents to vote there were
 * @param lostTail promised votes that were cut from the broker's store, and may be cast again
 */
record Verdict(int votes, int lostTail, List<Breach> breaches) {
  Verdict {
    breaches = List.copyOf(breaches);
  }

  boolean held() {
    return breaches.isEmpty();
  }

  long of(Promise promise) {
    return breaches.stream().filter(breach -> breach.promise() == promise).count();
  }
}
