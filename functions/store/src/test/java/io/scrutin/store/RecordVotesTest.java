package io.scrutin.store;

import static io.scrutin.store.Votes.LAW;
import static io.scrutin.store.Votes.id;
import static io.scrutin.store.Votes.tag;
import static io.scrutin.store.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RecordVotesTest {
  @Test
  void recordsTheVoteThatStands() {
    assertThat(RecordVotes.outcome(vote(1, 10), Map.of(new Voter(LAW, tag(1)), id(10)), Set.of()))
        .contains(new VoteRecorded(id(10), LAW));
  }

  @Test
  void findsADuplicateWhenAnotherVoteStands() {
    assertThat(RecordVotes.outcome(vote(1, 11), Map.of(new Voter(LAW, tag(1)), id(10)), Set.of()))
        .contains(new VoteDuplicated(id(11), LAW, tag(1)));
  }

  @Test
  void answersNothingForAVoterWhoseVoteIsUnknown() {
    assertThatThrownBy(() -> RecordVotes.outcome(vote(1, 10), Map.of(), Set.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void letsTheFirstOfABatchStandForItsVoter() {
    assertThat(RecordVotes.candidates(List.of(vote(2, 20), vote(1, 10), vote(1, 11)), Set.of()))
        .containsExactly(vote(1, 10), vote(2, 20));
  }

  @Test
  void answersNothingOfAVoteThatWasGivenUp() {
    assertThat(RecordVotes.outcome(vote(1, 10), Map.of(), Set.of(id(10)))).isEmpty();
  }

  @Test
  void saysWhatIsTrueOfAVoteThatWasGivenUp() {
    Map<Voter, VoteId> standing = Map.of(new Voter(LAW, tag(1)), id(10));
    assertThat(RecordVotes.outcome(vote(1, 10), standing, Set.of(id(10))))
        .contains(new VoteRecorded(id(10), LAW));
    assertThat(RecordVotes.outcome(vote(1, 11), standing, Set.of(id(11))))
        .contains(new VoteDuplicated(id(11), LAW, tag(1)));
  }

  @Test
  void letsTheNextOfABatchStandWhereTheFirstWasGivenUp() {
    assertThat(RecordVotes.candidates(List.of(vote(1, 10), vote(1, 11)), Set.of(id(10))))
        .containsExactly(vote(1, 11));
  }

  /** Voters are the tens, votes the numbers: 31 is a vote of voter 3. */
  @Property
  void recordsExactlyOneVoteOfEachVoter(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 10, max = 69) Integer> numbers) {
    List<VoteAccepted> batch = numbers.stream().map(n -> vote(n / 10, n)).toList();
    Map<Voter, VoteId> standing = new HashMap<>();
    RecordVotes.candidates(batch, Set.of())
        .forEach(vote -> standing.put(Voter.of(vote), vote.voteId()));

    Map<Object, List<VoteId>> recorded =
        batch.stream()
            .filter(
                vote ->
                    RecordVotes.outcome(vote, standing, Set.of()).orElseThrow()
                        instanceof VoteRecorded)
            .collect(
                Collectors.groupingBy(
                    Voter::of, Collectors.mapping(VoteAccepted::voteId, Collectors.toList())));

    assertThat(recorded.keySet()).containsExactlyInAnyOrderElementsOf(standing.keySet());
    assertThat(recorded.values()).allSatisfy(ids -> assertThat(ids.stream().distinct()).hasSize(1));
  }
}
