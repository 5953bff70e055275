package io.scrutin.parked;

import static io.scrutin.parked.Counter.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.console.Surroundings;
import io.scrutin.event.Bytes;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.EventType;
import io.scrutin.testing.Await;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees and does; what the trigger would do is done here by hand. */
final class ParkedCommandTest {
  @TempDir Path dir;
  private Counter counter;

  @BeforeEach
  void open() throws Exception {
    counter = new Counter(dir);
  }

  @AfterEach
  void close() {
    counter.close();
  }

  private int orders() throws Exception {
    String stream = EventType.REPLAY_ORDERED.stream().in(counter.nats.name());
    var subjects =
        counter
            .nats
            .connection()
            .jetStreamManagement()
            .getStreamInfo(
                stream,
                io.nats.client.api.StreamInfoOptions.filterSubjects(
                    EventType.REPLAY_ORDERED.subject(counter.nats.name())))
            .getStreamState()
            .getSubjects();
    return subjects.isEmpty() ? 0 : (int) subjects.getFirst().getCount();
  }

  @Test
  void listsWhatIsParkedAndWhatBecameOfIt() throws Exception {
    assertThat(counter.run("list")).isZero();
    assertThat(counter.out).contains("Nothing is parked.");
    EventParked first = counter.park(1);
    counter.park(2);
    counter.publish(new EventReplayed(first.place()));
    assertThat(counter.run("list")).as(counter.err).isZero();
    assertThat(counter.out)
        .contains(vote(1) + "  replayed", vote(2) + "  open", "not from submit")
        .contains("2 parked, 1 open");
    assertThat(counter.run("list", "--open", "--json")).isZero();
    assertThat(counter.out)
        .contains("\"vote_id\" : \"" + vote(2), "\"fate\" : \"open\"")
        .contains("\"stamped_at\" : ")
        .doesNotContain(vote(1).toString());
    assertThat(counter.run("list", "--law", "another")).isZero();
    assertThat(counter.out).contains("Nothing is parked.");
  }

  @Test
  void showsWhatAnEventIsAndNotWhoseOrWhatItHolds() throws Exception {
    counter.park(1);
    assertThat(counter.run("show", "1")).as(counter.err).isZero();
    assertThat(counter.out)
        .contains("which is there", "voting.vote.cast.v1", vote(1).toString(), "sha256")
        .doesNotContain("cXFxcXFx");
    assertThat(counter.run("show", "1", "--json")).isZero();
    assertThat(counter.out).contains("\"sha256\"").doesNotContain("cXFxcXFx");
  }

  @Test
  void showsNoByteOfWhatNobodyCanRead() throws Exception {
    counter.publish(
        new EventParked(
            "verify",
            "s",
            1,
            "x",
            Instant.EPOCH,
            "unreadable: is not JSON",
            null,
            null,
            Bytes.of("{\"nas\":\"046454286\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    assertThat(counter.run("show", "1")).as(counter.err).isZero();
    assertThat(counter.out).contains("19", "unreadable").doesNotContain("046454286", "nas");
    assertThat(counter.run("show", "1", "--json")).isZero();
    assertThat(counter.out).doesNotContain("046454286", "nas");
  }

  @Test
  void ordersAReplayAndSaysWhenItIsDone() throws Exception {
    EventParked parked = counter.park(1);
    var trigger =
        CompletableFuture.runAsync(
            () -> {
              Await.until(() -> orders() == 1, "ordered");
              try {
                counter.publish(new EventReplayed(parked.place()));
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    assertThat(counter.run("replay", "--all")).as(counter.err).isZero();
    trigger.join();
    assertThat(counter.out).contains("1 verify " + parked.stream() + " 1: replayed");
    assertThat(counter.run("replay", "--all")).isZero();
    assertThat(counter.out).contains("Nothing of that is open.");
    assertThat(counter.run("replay", "1")).isZero();
    assertThat(counter.out).contains("replayed already: nothing to do");
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void saysWhenItIsParkedAgainOrNotCarriedOut() throws Exception {
    EventParked parked = counter.park(1);
    assertThat(counter.run("replay", "1", "--wait", "1")).isEqualTo(1);
    assertThat(counter.out).contains("ordered, and not carried out yet");
    var trigger =
        CompletableFuture.runAsync(
            () -> {
              Await.until(() -> orders() == 2, "ordered again");
              try {
                counter.publish(parked);
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    assertThat(counter.run("replay", "1")).isEqualTo(1);
    trigger.join();
    assertThat(counter.out).contains("parked again: not from submit");
  }

  @Test
  void ordersNothingWhoseOriginalIsGone() throws Exception {
    EventParked parked = counter.park(1);
    counter
        .nats
        .connection()
        .jetStreamManagement()
        .deleteMessage(parked.stream(), parked.sequence());
    assertThat(counter.run("replay", "--binding", "verify")).isEqualTo(1);
    assertThat(counter.out).contains("its original is gone");
    assertThat(orders()).isZero();
  }

  @Test
  void ordersNothingOfAPublishedContestOrThatWasGivenUp() throws Exception {
    counter.park(1);
    counter.sql(
        "INSERT INTO contests.contest (law_id, definition, opens_at, closes_at, state) VALUES"
            + " ('law-1', '{}', now() - interval '2h', now() - interval '1h', 'published')");
    assertThat(counter.run("replay", "--law", "law-1")).isEqualTo(1);
    assertThat(counter.out).contains("is published: it can count no more");
    assertThat(counter.run("discard", "1", "--reason", "too late", "--by", "A. Person")).isZero();
    assertThat(counter.run("replay", "1")).isEqualTo(1);
    assertThat(counter.out).contains("was given up: that stands");
    assertThat(orders()).isZero();
  }

  @Test
  void writesDownWhoGaveUpWhatAndWhy() throws Exception {
    counter.park(1);
    counter.park(2);
    assertThat(counter.run("discard", "1", "2", "--reason", "forged", "--by", "A. Person"))
        .as(counter.err)
        .isZero();
    assertThat(counter.out).contains("1 is discarded by A. Person.", "2 is discarded");
    assertThat(
            counter.text(
                "SELECT encode(vote_id, 'hex') || law_id || reason || author FROM"
                    + " audit.parked_discard ORDER BY id LIMIT 1"))
        .isEqualTo(vote(1) + "law-1forgedA. Person");
    assertThat(counter.run("discard", "1", "--reason", "again", "--by", "B. Person")).isZero();
    assertThat(counter.out).contains("discarded already");
    assertThat(counter.text("SELECT count(*) FROM audit.parked_discard")).isEqualTo("2");
    assertThat(counter.run("list")).isZero();
    assertThat(counter.out).contains("discarded", "2 parked, 0 open");
  }

  /** Its vote may be on its way to store, which drops what a person gave up. */
  @Test
  void givesUpNoVoteWithWhatAuditCouldNotNote() throws Exception {
    counter.park(1, "audit-cast");
    assertThat(counter.run("discard", "1", "--reason", "unreadable", "--by", "A. Person")).isZero();
    assertThat(counter.text("SELECT binding FROM audit.parked_discard WHERE vote_id IS NULL"))
        .isEqualTo("audit-cast");
    assertThat(counter.run("list")).isZero();
    assertThat(counter.out).contains("discarded", "1 parked, 0 open");
  }

  @Test
  void givesNothingUpThatIsRecorded() throws Exception {
    counter.park(1);
    counter.sql(
        "INSERT INTO audit.vote_audit VALUES (decode('"
            + vote(1)
            + "', 'hex'), 2, 'law-1', now(), NULL)");
    assertThat(counter.run("discard", "1", "--reason", "r", "--by", "b")).isEqualTo(1);
    assertThat(counter.out).contains("settled: recorded: there is nothing to discard");
    assertThat(counter.text("SELECT count(*) FROM audit.parked_discard")).isEqualTo("0");
  }

  @Test
  void refusesWhatItCannotUnderstandOrFind() throws Exception {
    counter.park(1);
    assertThat(counter.run("discard", "1", "--by", "b")).isEqualTo(2);
    assertThat(counter.run("discard", "1", "--reason", "two\nlines", "--by", "b")).isEqualTo(2);
    assertThat(counter.run("discard", "1", "9", "--reason", "r", "--by", "b")).isEqualTo(2);
    assertThat(counter.err).contains("there is no parked event 9");
    assertThat(counter.text("SELECT count(*) FROM audit.parked_discard")).isEqualTo("0");
    assertThat(counter.run("replay")).isEqualTo(2);
    assertThat(counter.run("replay", "1", "--all")).isEqualTo(2);
    counter.environment.remove(Surroundings.NATS_URL);
    assertThat(counter.run("list")).isEqualTo(2);
    assertThat(counter.err).contains("SCRUTIN_NATS_URL is not set");
  }
}
