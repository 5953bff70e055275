package io.scrutin.audit;

import io.scrutin.audit.Note.OfVote;
import io.scrutin.event.VoteId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which attempt of its voter a duplicate was. The recorded vote is number 1. */
final class NumberAttempts {
  /** A duplicate and its number, 2 or more. */
  record Attempt(VoteId voteId, Voter voter, int number, Instant at) {
    Attempt {
      if (number < 2) {
        throw new IllegalArgumentException("the recorded vote is number 1");
      }
    }
  }

  private static final Comparator<OfVote> IN_TIME =
      Comparator.comparing(OfVote::at).thenComparing(OfVote::voteId);

  private NumberAttempts() {}

  /** How many attempts each voter has among these. */
  static Map<Voter, Integer> perVoter(Collection<OfVote> duplicates) {
    Map<Voter, Integer> counts = new LinkedHashMap<>();
    duplicates.forEach(duplicate -> counts.merge(duplicate.voter(), 1, Integer::sum));
    return counts;
  }

  /**
   * Numbers duplicates of which none has a number yet.
   *
   * @param last the number of each voter's last attempt, these included
   */
  static List<Attempt> number(Collection<OfVote> duplicates, Map<Voter, Integer> last) {
    Map<Voter, Integer> counts = perVoter(duplicates);
    Map<Voter, Integer> next = new HashMap<>();
    last.forEach((voter, number) -> next.put(voter, number + 1 - counts.getOrDefault(voter, 0)));
    List<Attempt> attempts = new ArrayList<>(duplicates.size());
    for (OfVote duplicate : duplicates.stream().sorted(IN_TIME).toList()) {
      int number = next.merge(duplicate.voter(), 1, Integer::sum) - 1;
      attempts.add(new Attempt(duplicate.voteId(), duplicate.voter(), number, duplicate.at()));
    }
    return attempts;
  }
}
