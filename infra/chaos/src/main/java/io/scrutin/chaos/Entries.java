package io.scrutin.chaos;

import java.util.List;
import java.util.Map;

/**
 * What the ledger holds.
 *
 * @param sent by number
 * @param told in the order of the answers
 */
record Entries(Map<Integer, Intent> sent, List<Told> told) {
  Entries {
    sent = Map.copyOf(sent);
    told = List.copyOf(told);
  }
}
