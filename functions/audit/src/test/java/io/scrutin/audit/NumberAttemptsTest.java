package io.scrutin.audit;

import static io.scrutin.audit.Notes.duplicateNote;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.audit.Note.OfVote;
import io.scrutin.audit.NumberAttempts.Attempt;
import io.scrutin.event.VoteId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NumberAttemptsTest {
  /** The tables, as far as numbering goes: which votes are in the trail, and the counters. */
  private static final class Book {
    private final Map<VoteId, Attempt> attempts = new LinkedHashMap<>();
    private final Map<Voter, Integer> counters = new HashMap<>();

    void write(List<OfVote> batch) {
      Map<VoteId, OfVote> fresh = new LinkedHashMap<>();
      batch.stream()
          .filter(note -> !attempts.containsKey(note.voteId()))
          .forEach(note -> fresh.putIfAbsent(note.voteId(), note));
      NumberAttempts.perVoter(fresh.values())
          .forEach((voter, count) -> counters.merge(voter, 1 + count, (last, _) -> last + count));
      NumberAttempts.number(fresh.values(), counters)
          .forEach(attempt -> attempts.put(attempt.voteId(), attempt));
    }
  }

  @Test
  void countsTheRecordedVoteAsTheFirstAttempt() {
    Book book = new Book();
    book.write(List.of(duplicateNote(1, 10)));
    assertThat(book.attempts.get(vote(10))).extracting(Attempt::number).isEqualTo(2);
  }

  @Test
  void numbersABatchInTheOrderOfTime() {
    Book book = new Book();
    book.write(List.of(duplicateNote(1, 12), duplicateNote(1, 10), duplicateNote(1, 11)));
    assertThat(book.attempts.values())
        .extracting(Attempt::voteId)
        .containsExactly(vote(10), vote(11), vote(12));
    assertThat(book.attempts.values()).extracting(Attempt::number).containsExactly(2, 3, 4);
  }

  @Test
  void givesAReplayedDuplicateNoSecondNumber() {
    Book book = new Book();
    book.write(List.of(duplicateNote(1, 10), duplicateNote(1, 10)));
    book.write(List.of(duplicateNote(1, 11), duplicateNote(1, 10)));
    assertThat(book.attempts.values()).extracting(Attempt::number).containsExactly(2, 3);
  }

  /** Voters are the tens, votes the numbers: 31 is a vote of voter 3. */
  @Property
  void numbersEveryVotersAttemptsFromTwoOnWithoutGaps(
      @ForAll @Size(max = 20)
          List<@Size(max = 15) List<@IntRange(min = 10, max = 69) Integer>> batches) {
    Book book = new Book();
    for (List<Integer> batch : batches) {
      book.write(batch.stream().map(number -> duplicateNote(number / 10, number)).toList());
    }
    Map<Voter, List<Integer>> numbers =
        book.attempts.values().stream()
            .collect(
                Collectors.groupingBy(
                    Attempt::voter, Collectors.mapping(Attempt::number, Collectors.toList())));
    assertThat(book.attempts)
        .hasSize(new TreeSet<>(batches.stream().flatMap(List::stream).toList()).size());
    assertThat(numbers.values())
        .allSatisfy(
            ofVoter ->
                assertThat(ofVoter)
                    .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(2, ofVoter.size() + 1).boxed().toList()));
  }
}
