package io.scrutin.reconcile;

import static io.scrutin.reconcile.Samples.tag;
import static io.scrutin.reconcile.Samples.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.EventType;
import io.scrutin.event.VoteVerified;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Casts that the stream no longer holds, or that cannot be read. */
final class MissingCastsTest {
  @TempDir Path dir;
  private Election election;

  @BeforeEach
  void voted() throws Exception {
    election = new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600)).voted();
    election.tables.sql(
        "DELETE FROM store.envelope;"
            + "INSERT INTO tally.ballot_box VALUES ('C-12', 'oui'), ('C-12', 'oui');"
            + "UPDATE tally.tally SET votes = 7 WHERE choice = 'oui'");
  }

  @AfterEach
  void closed() {
    election.close();
  }

  private void closes() throws Exception {
    election.tables.sql("UPDATE contests.contest SET closes_at = now()");
  }

  private void purge() throws Exception {
    election
        .streams
        .nats
        .connection()
        .jetStreamManagement()
        .purgeStream(election.streams.stream(EventType.VOTE_CAST));
  }

  private Reconciled reconcile() {
    return Reconciled.run(election.environment());
  }

  @Test
  void findsACastThatWasDeletedUnread() throws Exception {
    long deleted = election.streams.publish(Samples.castOf(14, vote(80))).getSeqno();
    election.streams.publish(Samples.castOf(13, vote(81)));
    election.streams.delete(EventType.VOTE_CAST, deleted);
    assertThat(reconcile().text())
        .contains("CASTS " + deleted + "  is gone from the middle of the stream");
    assertThat(reconcile().code()).isEqualTo(1);
  }

  @Test
  void findsTheLastCastDeletedUnread() throws Exception {
    long deleted = election.streams.publish(Samples.castOf(14, vote(80))).getSeqno();
    election.streams.delete(EventType.VOTE_CAST, deleted);
    assertThat(reconcile().text())
        .contains("CASTS " + deleted + "  is gone from the middle of the stream");
  }

  @Test
  void isNeverFinishedAfterCastsWerePurgedUnread() throws Exception {
    for (int i = 0; i < 5; i++) {
      election.streams.publish(Samples.castOf(14, vote(70 + i)));
    }
    purge();
    closes();
    assertThat(reconcile().text())
        .contains("note: 5 casts of any contest were purged, and audit's trail does not know them")
        .contains("The books balance.")
        .doesNotContain("nothing can change any more");
  }

  @Test
  void finishesAfterAPurgeOfWhatAuditHadNoted() throws Exception {
    purge();
    closes();
    assertThat(reconcile().text()).contains("and nothing can change any more");
  }

  @Test
  void doesNotLetOneContestsCastsStandForAnothers() throws Exception {
    election.streams.publish(Samples.castOf(14, vote(70)));
    purge();
    election.tables.sql(
        "INSERT INTO audit.vote_audit VALUES ("
            + Samples.id(90)
            + ", 1, 'no contest', now(), NULL)");
    closes();
    assertThat(reconcile().text()).contains("note: 1 casts of any contest were purged");
  }

  @Test
  void mindsNoPurgeAfterThePublication() throws Exception {
    election.streams.publish(Samples.castOf(44, vote(70)));
    election.streams.drain();
    election.tables.note(vote(70), 1, null);
    election.tables.note(vote(70), 4, "unknown_credential");
    // A retry, stored twice: the trail knows one of them.
    election.streams.publish(Samples.castOf(44, vote(70)));
    election.streams.drain();
    closes();
    election.tables.sql(
        "INSERT INTO contests.publication VALUES ('C-12', '\\x00', decode(repeat('00', 64), 'hex'))");
    purge();
    assertThat(reconcile().text()).contains("and nothing can change any more");
  }

  @Test
  void readsCastsThatAnOlderVersionLeftInVotes() throws Exception {
    JetStreamManagement management = election.streams.nats.connection().jetStreamManagement();
    String votes = election.streams.stream(EventType.VOTE_VERIFIED);
    StreamConfiguration now = management.getStreamInfo(votes).getConfiguration();
    String subject = EventType.VOTE_CAST.subject(election.streams.nats.name());
    for (String durable : List.of("verify", "audit-cast")) {
      management.deleteConsumer(election.streams.stream(EventType.VOTE_CAST), durable);
    }
    StreamConfiguration casts =
        management.getStreamInfo(election.streams.stream(EventType.VOTE_CAST)).getConfiguration();
    management.deleteStream(casts.getName());
    management.updateStream(StreamConfiguration.builder(now).addSubjects(subject).build());
    for (int voter = 0; voter < 12; voter++) {
      election.streams.publish(Samples.castOf(voter, vote(voter)));
    }
    election.streams.publish(Samples.castOf(0, vote(20)));
    election.streams.publish(Samples.castOf(0, vote(21)));
    election.streams.publish(Samples.castOf(1, vote(22)));
    election.streams.publish(Samples.castOf(40, vote(30)));
    election.streams.publish(Samples.castOf(41, vote(31)));
    election.streams.publish(new VoteVerified(vote(31), Samples.LAW, tag(41), Samples.sealed()));
    management.updateStream(now);
    management.addStream(casts);
    election.streams.listen("verify");
    election.streams.listen("audit-cast");
    election.streams.drain();
    assertThat(reconcile().text())
        .contains("17 cast: 12 recorded, 3 duplicate, 2 rejected, 0 pending, 0 parked, 0 lost")
        .contains("The books balance.");
  }

  @Test
  void findsACastThatNobodyCanRead() throws Exception {
    byte[] noise = "noise".getBytes(StandardCharsets.UTF_8);
    String subject = EventType.VOTE_CAST.subject(election.streams.nats.name());
    long sequence =
        election.streams.nats.connection().jetStream().publish(subject, noise).getSeqno();
    election.streams.drain();
    assertThat(reconcile().text())
        .contains(" " + sequence + "  is a cast that cannot be read, and it is not parked");
  }
}
