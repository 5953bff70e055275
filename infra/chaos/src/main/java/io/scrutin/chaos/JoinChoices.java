package io.scrutin.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody with all of Postgres and no ballot key would try: which row of the box is whose?
 * Nothing but place and transaction is left to join by, since its rows have neither id nor time.
 */
final class JoinChoices {
  /** A fair order agrees with another by chance; this far from it, one in a million does. */
  private static final double SIGMAS = 5;

  private JoinChoices() {}

  /**
   * A row of the box.
   *
   * @param transaction that put it there
   */
  record Row(String transaction, String choice) {}

  /**
   * Transactions with fewer ballots than a group: whoever knows who voted then knows nearly all.
   * The last of a contest may be smaller.
   */
  static List<String> smallGroups(String lawId, List<Row> box, int groupSize) {
    Map<String, Integer> sizes = new HashMap<>();
    box.forEach(row -> sizes.merge(row.transaction(), 1, Integer::sum));
    List<Integer> small = sizes.values().stream().filter(size -> size < groupSize).toList();
    return small.size() <= 1
        ? List.of()
        : List.of(lawId + ": groups of " + small + " ballots, and a group is " + groupSize);
  }

  /**
   * Whether the n-th row of the box is the n-th recorded vote, or any fixed number of rows from it.
   *
   * @param sent the choices of recorded votes in the order of their rows, for who knows them
   */
  static List<String> sameOrder(String lawId, List<Row> box, List<String> sent) {
    List<String> found = new ArrayList<>();
    int size = Math.min(box.size(), sent.size());
    if (size < 50) {
      return found;
    }
    double chance = agreementByChance(box, sent);
    double most = size * chance + SIGMAS * Math.sqrt(size * chance * (1 - chance));
    int agreeing = 0;
    for (int i = 0; i < size; i++) {
      agreeing += box.get(i).choice().equals(sent.get(i)) ? 1 : 0;
    }
    if (agreeing > most) {
      found.add(
          "%s: %d of %d rows of the box are in the order of the votes, by chance %.0f"
              .formatted(lawId, agreeing, size, size * chance));
    }
    return found;
  }

  private static double agreementByChance(List<Row> box, List<String> sent) {
    Map<String, Integer> inBox = new HashMap<>();
    box.forEach(row -> inBox.merge(row.choice(), 1, Integer::sum));
    Map<String, Integer> inVotes = new HashMap<>();
    sent.forEach(choice -> inVotes.merge(choice, 1, Integer::sum));
    double chance = 0;
    for (Map.Entry<String, Integer> choice : inBox.entrySet()) {
      double other = inVotes.getOrDefault(choice.getKey(), 0);
      chance += (double) choice.getValue() / box.size() * other / sent.size();
    }
    return chance;
  }
}
