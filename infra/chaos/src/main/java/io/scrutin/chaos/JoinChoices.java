package io.scrutin.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody with all of Postgres and the streams, and no ballot key, would try: which row of
 * the box is whose? Its rows have neither id nor time, so that place and transaction are left.
 */
final class JoinChoices {
  /** A fair order agrees with another by chance; this far from it, one in a million does. */
  private static final double SIGMAS = 5;

  /** Too few to tell chance from order. */
  private static final int FEW = 50;

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
   * Whether the n-th row of the box is the n-th recorded vote more often than groups that are
   * shuffled well would have it. That a group's ballots are of a group's voters is no secret.
   *
   * @param order what both are ordered by
   * @param sent the choices of recorded votes in that order, for who knows them
   */
  static List<String> sameOrder(String order, List<Row> box, List<String> sent) {
    int size = Math.min(box.size(), sent.size());
    if (size < FEW) {
      return List.of();
    }
    int agreeing = 0;
    double chance = 0;
    double variance = 0;
    for (int from = 0, until; from < size; from = until) {
      until = endOfGroup(box, from, size);
      double share = agreementByChance(box.subList(from, until), sent.subList(from, until));
      chance += (until - from) * share;
      // Twice that of independent draws, for a shuffled group gives no ballot twice.
      variance += (until - from) * share * (1 - share) * 2;
      for (int i = from; i < until; i++) {
        agreeing += box.get(i).choice().equals(sent.get(i)) ? 1 : 0;
      }
    }
    return agreeing <= chance + SIGMAS * Math.sqrt(variance)
        ? List.of()
        : List.of(
            "%s: %d of %d rows of the box agree with the votes, by chance %.0f"
                .formatted(order, agreeing, size, chance));
  }

  private static int endOfGroup(List<Row> box, int from, int size) {
    int until = from;
    while (until < size && box.get(until).transaction().equals(box.get(from).transaction())) {
      until++;
    }
    return until;
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
