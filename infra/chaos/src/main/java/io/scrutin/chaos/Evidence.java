package io.scrutin.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the system says and keeps when all is over, and what the voters know.
 *
 * @param ledger what was sent and told
 * @param voteIds the vote id that each intent must have: who holds submit's keys can tell
 * @param participations by vote id
 * @param trail what audit's trail says became of each vote id
 * @param casts what the broker holds, in its order
 * @param contests by law
 * @param cut vote ids whose casts were cut from the broker's store
 * @param parked what bindings gave up
 * @param poison what they had to give up
 * @param pending messages that some durable has not passed
 * @param counts that were seen while votes came in, in their order
 * @param differences that reconcile found
 * @param outages of servers while nothing else was broken
 * @param drainSeconds from the last healing until nothing was on its way
 * @param secretPlaces where a search for credentials, choices and keys found one
 */
record Evidence(
    Entries ledger,
    Map<Integer, String> voteIds,
    Map<String, Participation> participations,
    Map<String, Trail> trail,
    List<Cast> casts,
    Map<String, ContestEnd> contests,
    Set<String> cut,
    List<Parked> parked,
    List<Planted> poison,
    long pending,
    List<Count> counts,
    List<Unbalanced> differences,
    List<Outage> outages,
    double drainSeconds,
    List<String> secretPlaces) {

  /** A voter nobody knows. */
  static final int STRANGER = -1;

  record Participation(String lawId, int voter) {}

  /**
   * @param reason why it was rejected; empty when it was not
   */
  record Trail(
      boolean recorded, boolean duplicate, boolean rejected, boolean parked, String reason) {
    static final Trail NONE = new Trail(false, false, false, false, "");
  }

  /**
   * @param choice what is sealed in it, for who holds the ballot key; empty when it cannot be
   *     opened
   */
  record Cast(String voteId, String lawId, Instant stampedAt, String choice) {}

  record ContestEnd(
      Instant closesAt,
      Map<String, Long> box,
      Map<String, Long> tally,
      long waiting,
      long spoiled) {
    ContestEnd {
      box = Map.copyOf(box);
      tally = Map.copyOf(tally);
    }
  }

  /**
   * @param of what, as somebody sees it
   */
  record Count(String of, long count) {}

  /** A message, and the binding that gave it up. */
  record Parked(String binding, String stream, long sequence) {}

  /**
   * @param voteId of the vote that it claims to be; empty when nobody can read it
   * @param there whether it is still in its stream; its end may have been cut
   */
  record Planted(Poison poison, String stream, long sequence, String voteId, boolean there) {
    boolean isMeantBy(Parked parked) {
      return stream.equals(parked.stream())
          && sequence == parked.sequence()
          && poison.givenUpBy().contains(parked.binding());
    }

    /** As reconcile names it. */
    String id() {
      return voteId.isEmpty() ? stream + " " + sequence : voteId;
    }
  }

  record Unbalanced(String id, String text) {}

  record Outage(Store store, long fromMillis, long untilMillis) {}

  Evidence {
    voteIds = Map.copyOf(voteIds);
    participations = Map.copyOf(participations);
    trail = Map.copyOf(trail);
    casts = List.copyOf(casts);
    contests = Map.copyOf(contests);
    cut = Set.copyOf(cut);
    parked = List.copyOf(parked);
    poison = List.copyOf(poison);
    counts = List.copyOf(counts);
    differences = List.copyOf(differences);
    outages = List.copyOf(outages);
    secretPlaces = List.copyOf(secretPlaces);
  }
}
