package io.scrutin.tally;

import io.scrutin.event.VoteId;
import java.util.List;
import java.util.SortedMap;

/**
 * What a group of envelopes held.
 *
 * @param box the choices, in an order that has nothing to do with that of the envelopes
 * @param votes the same, counted
 * @param spoiled envelopes that hold no vote: there should be none, since submit sealed them
 */
record Count(List<String> box, SortedMap<String, Integer> votes, List<Spoiled> spoiled) {
  record Spoiled(VoteId voteId, String reason) {}
}
