package io.scrutin.reconcile;

import static io.scrutin.reconcile.Samples.LAW;
import static io.scrutin.reconcile.Samples.id;
import static io.scrutin.reconcile.Samples.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.EventType;
import io.scrutin.event.VoteId;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person did about a parked event is in the books: given up is neither lost nor waiting. */
final class ParkedBooksTest {
  @TempDir Path dir;
  private Election election;

  @BeforeEach
  void voted() throws Exception {
    election = new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600));
  }

  @AfterEach
  void closed() {
    election.close();
  }

  private EventParked park(String binding, @Nullable VoteId vote, long sequence) throws Exception {
    EventParked parked =
        new EventParked(
            binding,
            election.streams.stream(EventType.VOTE_CAST),
            sequence,
            EventType.VOTE_CAST.subject(election.streams.nats.name()),
            // Nanoseconds, as the broker has them: Postgres keeps micros.
            Instant.parse("2026-11-21T10:00:00.123456789Z"),
            "not from submit",
            vote,
            vote == null ? null : LAW,
            null);
    election.streams.publish(parked);
    election.streams.drain();
    return parked;
  }

  private void cast(int number) throws Exception {
    election.streams.publish(Samples.castOf(3, vote(number)));
    election.tables.note(vote(number), 1, null);
    election.tables.note(vote(number), 5, "not_from_submit");
    election.streams.drain();
  }

  private void discard(EventParked parked, String voteId) throws Exception {
    election.tables.sql(
        "INSERT INTO audit.parked_discard (binding, stream, sequence, stamped_at, vote_id, law_id,"
            + " reason, author) VALUES ('%s', '%s', %d, '2026-11-21T10:00:00.123456Z', %s, 'C-12', 'a forged one', 'A. Person')"
                .formatted(parked.binding(), parked.stream(), parked.sequence(), voteId));
  }

  private Reconciled reconciled() {
    return Reconciled.run(election.environment());
  }

  @Test
  void showsADiscardedVoteAsDiscardedAndBalances() throws Exception {
    cast(1);
    EventParked parked = park("verify", vote(1), 1);
    assertThat(reconciled().code()).isEqualTo(1);
    discard(parked, id(1));
    Reconciled after = reconciled();
    assertThat(after.text())
        .contains("1 cast: 0 recorded", "0 parked, 1 discarded, 0 lost")
        .contains("note: 1 votes were parked, and given up by a person")
        .contains("The books balance.");
    assertThat(after.code()).isZero();
  }

  @Test
  void waitsForAPersonAgainWhenItIsParkedElsewhere() throws Exception {
    cast(1);
    discard(park("verify", vote(1), 1), id(1));
    park("store", vote(1), 9);
    assertThat(reconciled().text())
        .contains("1 parked, 0 lost", vote(1) + "  is parked, and waits for a person");
  }

  @Test
  void knowsADiscardedVoteWhenTheStreamOfParkedEventsIsGone() throws Exception {
    cast(1);
    EventParked parked = park("verify", vote(1), 1);
    discard(parked, id(1));
    election.streams.delete(EventType.EVENT_PARKED, 1);
    assertThat(reconciled().text()).contains("1 discarded, 0 lost", "The books balance.");
  }

  @Test
  void whatWasRecordedAfterAllIsRecordedAndNothingElse() throws Exception {
    cast(1);
    discard(park("verify", vote(1), 1), id(1));
    election.tables.store(Samples.tag(3), vote(1));
    election.tables.note(vote(1), 2, null);
    assertThat(reconciled().text()).contains("1 cast: 1 recorded", "0 parked, 0 lost");
  }

  @Test
  void aMessageThatNamesNoVoteIsSettledByADiscardOrAReplay() throws Exception {
    EventParked first = park("verify", null, 4711);
    EventParked second = park("verify", null, 4712);
    String nameless = "  is a parked message that names no vote";
    assertThat(reconciled().text()).contains("4711" + nameless, "4712" + nameless);
    discard(first, "NULL");
    assertThat(reconciled().text()).doesNotContain("4711").contains("4712" + nameless);
    election.streams.publish(new EventReplayed(second.place()));
    assertThat(reconciled().code()).isZero();
  }
}
