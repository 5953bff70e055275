package io.scrutin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.audit.AuditVotes;
import io.scrutin.event.Answered;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteVerified;
import io.scrutin.event.Wake;
import io.scrutin.step.Step;
import io.scrutin.tally.TallyVotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the steps rely on in Postgres and Redis: the real ones keep it, and the simulated too. */
abstract class StorePromises extends OnStores {
  @Test
  void keepsOneVoteOfAVoterHoweverOftenAndInWhateverBatch() throws Exception {
    with(
        () -> {
          List<Fact> first =
              answers(store(), List.of(accepted(1, 10, "oui"), accepted(1, 11, "non")));
          assertThat(types(first))
              .containsExactly(EventType.VOTE_RECORDED, EventType.VOTE_DUPLICATED);
          List<Fact> again =
              answers(
                  store(),
                  List.of(accepted(1, 11, "non"), accepted(2, 20, "oui"), accepted(1, 10, "oui")));
          assertThat(again)
              .containsExactly(
                  new VoteDuplicated(vote(11), Election.LAW, tag(1)),
                  new VoteRecorded(vote(20), Election.LAW),
                  new VoteRecorded(vote(10), Election.LAW));
          assertThat(envelopes()).isEqualTo(2);
        });
  }

  @Test
  void refusesADuplicateOnceTheOtherIsRecordedAndNotBefore() throws Exception {
    with(
        () -> {
          VoteVerified first = new VoteVerified(vote(10), Election.LAW, tag(1), sealed(10, "oui"));
          VoteVerified other = new VoteVerified(vote(11), Election.LAW, tag(1), sealed(11, "non"));
          assertThat(types(answers(dedup(), List.of(first, other, first))))
              .containsOnly(EventType.VOTE_ACCEPTED);
          var _ = answers(store(), List.of(accepted(1, 10, "oui")));
          assertThat(types(answers(dedup(), List.of(first, other))))
              .containsExactly(EventType.VOTE_ACCEPTED, EventType.VOTE_DUPLICATED);
        });
  }

  @Test
  void knowsAVoterFromTheIndexOrTheTableAndAStrangerFromACompleteRoll() throws Exception {
    with(
        () -> {
          open(contest(1));
          putRoll(true, tag(1));
          index(tag(2));
          assertThat(answersTo(verify(), List.of(cast(1, 10), cast(2, 20), cast(3, 30))))
              .satisfiesExactly(
                  on -> assertThat(on).isInstanceOf(VoteVerified.class),
                  indexed -> assertThat(indexed).isInstanceOf(VoteVerified.class),
                  stranger -> assertThat(stranger).isInstanceOf(VoteRejected.class));
        });
  }

  @Test
  void saysLaterWhileTheRollLoads() throws Exception {
    with(
        () -> {
          open(contest(1));
          putRoll(false, tag(1));
          assertThat(answersTo(verify(), List.of(cast(1, 10), cast(3, 30))))
              .satisfiesExactly(
                  on -> assertThat(on).isInstanceOf(VoteVerified.class),
                  loading ->
                      assertThat(((Answered) loading).kind()).isEqualTo(Answered.Kind.RETRY));
        });
  }

  @Test
  void countsAGroupWholeOrNotAtAll() throws Exception {
    with(
        () -> {
          open(contest(3));
          var _ = answers(store(), List.of(accepted(1, 10, "oui"), accepted(2, 20, "non")));
          Step tally =
              TallyVotes.over(
                  database("tally"), keys, new SplittableRandom(1), CLOCK, System::nanoTime);
          var _ = answers(tally, List.of(new Wake("tally")));
          assertThat(box()).isEmpty();
          assertThat(envelopes()).isEqualTo(2);
          var _ = answers(store(), List.of(accepted(3, 30, "oui")));
          assertThat(types(answers(tally, List.of(new Wake("tally")))))
              .containsExactly(EventType.TALLY_UPDATED);
          assertThat(box()).isEqualTo(Map.of("oui", 2L, "non", 1L));
          assertThat(tally()).isEqualTo(box());
          assertThat(envelopes()).isZero();
        });
  }

  @Test
  void numbersTheAttemptsOfAVoterOnceEach() throws Exception {
    with(
        () -> {
          Step audit = AuditVotes.over(database("audit"));
          List<Fact> duplicates = new ArrayList<>();
          for (int vote = 11; vote < 14; vote++) {
            duplicates.add(new VoteDuplicated(vote(vote), Election.LAW, tag(1)));
          }
          var _ = answers(audit, duplicates.subList(0, 2));
          var _ = answers(audit, duplicates);
          var _ = answers(audit, duplicates);
          assertThat(attempts()).containsExactly(2, 3, 4);
        });
  }

  /** Whoever comes second waits until it is clear whether the first stays. */
  @Test
  void letsTheSecondOfTwoTransactionsWaitForTheFirst() throws Exception {
    with(
        () -> {
          String insert =
              """
              WITH batch AS (
                SELECT * FROM unnest(?::text[], ?::bytea[], ?::bytea[], ?::smallint[], ?::text[],
                  ?::bytea[]) WITH ORDINALITY
                  AS b(law_id, tag, vote_id, scheme, key_id, sealed, position)
              )
              INSERT INTO store.participation (law_id, tag, vote_id)
              SELECT law_id, tag, vote_id FROM batch ORDER BY position
              ON CONFLICT DO NOTHING
              RETURNING law_id, tag, vote_id
              """;
          try (var open = database("store").getConnection();
              var statement = open.prepareStatement(insert)) {
            open.setAutoCommit(false);
            statement.setArray(1, open.createArrayOf("text", new String[] {Election.LAW}));
            statement.setArray(2, open.createArrayOf("bytea", bytes(tag(1).bytes().toArray())));
            statement.setArray(3, open.createArrayOf("bytea", bytes(vote(10).bytes().toArray())));
            statement.setArray(4, open.createArrayOf("smallint", new Short[] {1}));
            statement.setArray(5, open.createArrayOf("text", new String[] {"key"}));
            statement.setArray(6, open.createArrayOf("bytea", bytes(new byte[] {1})));
            try (var won = statement.executeQuery()) {
              assertThat(won.next()).isTrue();
            }
            List<Fact> second = new ArrayList<>();
            Thread waiting =
                Thread.ofVirtual()
                    .name("store")
                    .start(() -> second.addAll(answers(store(), List.of(accepted(1, 11, "non")))));
            open.rollback();
            waiting.join();
            assertThat(types(second)).containsExactly(EventType.VOTE_RECORDED);
          }
        });
  }
}
