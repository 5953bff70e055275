package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.broker.VoteReaders;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result is published, and checked by somebody who has only its files. */
class PublishVerbTest {
  @TempDir private Path dir;
  private Office office;

  @BeforeEach
  void enter() throws IOException {
    office = new Office(dir);
  }

  @AfterEach
  void leave() {
    office.close();
  }

  @Test
  void publishesOnceAndWritesTheSameDocumentAgain() throws Exception {
    office.published();
    byte[] document = Files.readAllBytes(office.result());
    String page = Files.readString(office.page());
    assertThat(office.run("publish", "law-1", "--out", dir.resolve("out").toString())).isZero();
    assertThat(office.out).contains("published already");
    assertThat(Files.readAllBytes(office.result())).isEqualTo(document);
    assertThat(Files.readString(office.page()))
        .isEqualTo(page)
        .doesNotContainPattern("\\{[a-z_]+\\}");
  }

  @Test
  void doubtsADocumentThatWasChangedOrSignedByAnother() throws Exception {
    office.published();
    String announced = Files.readString(office.fingerprint());
    String file = office.result().toString();
    assertThat(office.run("check", file, "--fingerprint", announced.replaceAll("\\s", "")))
        .isZero();
    assertThat(office.run("check", file, "--fingerprint", "0".repeat(64))).isEqualTo(1);
    assertThat(office.err).contains("another key");
    assertThat(office.run("check", file, "--fingerprint", "00ff")).isEqualTo(2);
    String document = Files.readString(office.result());
    Files.writeString(office.result(), document.replace("\"votes\":2", "\"votes\":9"));
    assertThat(office.run("check", file, "--fingerprint", announced)).isEqualTo(1);
    assertThat(office.err).contains("Do not believe");
    assertThat(office.out).isEmpty();
    assertThat(office.run("check", dir.resolve("nothing.json").toString())).isEqualTo(2);
  }

  @Test
  void callsNothingGenuineOfWhichNobodyKnowsWhoSigned() throws Exception {
    office.published();
    assertThat(office.run("check", office.result().toString())).isEqualTo(1);
    assertThat(office.out).isEmpty();
    assertThat(office.err).contains("who signed was not checked").contains("--fingerprint");
  }

  @Test
  void writesNothingAgainThatItsKeyDidNotSign() throws Exception {
    office.published();
    Path key = dir.resolve("signing.key");
    Path kept = Files.move(key, dir.resolve("kept.key"));
    Path again = dir.resolve("again");
    assertThat(office.run("publish", "law-1", "--out", again.toString())).isEqualTo(1);
    assertThat(office.err).contains("is not signed with").contains("Nothing is written");
    assertThat(key).doesNotExist();

    SigningKey.inFile(key);
    assertThat(office.run("publish", "law-1", "--out", again.toString())).isEqualTo(1);
    Files.move(kept, key, StandardCopyOption.REPLACE_EXISTING);
    assertThat(office.run("publish", "law-1", "--out", again.toString())).isZero();

    office.fixture.run("UPDATE contests.publication SET document = document || ' '");
    assertThat(office.run("publish", "law-1", "--out", dir.resolve("third").toString()))
        .isEqualTo(1);
    assertThat(office.out).isEmpty();
    assertThat(dir.resolve("third")).doesNotExist();
  }

  @Test
  void publishesNothingWhileABookDiffersOrAReaderIsMissing() throws Exception {
    office.open();
    office.voteAndCount();
    office.fixture.pass(Duration.ofDays(2));
    office.books = Samples.books(List.of("tally oui: 2, recount 3"), 3, 3, 0);
    assertThat(office.run("publish", "law-1")).isEqualTo(1);
    assertThat(office.err).contains("books-differ").contains("recount 3");
    office
        .nats
        .connection()
        .jetStreamManagement()
        .deleteConsumer(StreamName.VOTES.in(office.nats.name()), "store");
    assertThat(office.run("publish", "law-1")).isEqualTo(1);
    assertThat(office.err).contains("consumer-behind").contains("store (is not there)");
    assertThat(office.fixture.number("SELECT count(*) FROM contests.publication")).isZero();
  }

  @Test
  void waitsForAReaderThatHasAVoteOfBeforeTheEnd() throws Exception {
    office.open();
    office.durables();
    office
        .nats
        .connection()
        .jetStream()
        .publish(
            EventType.VOTE_CAST.subject(office.nats.name()),
            "a cast".getBytes(StandardCharsets.UTF_8));
    office.fixture.pass(Duration.ofDays(2));
    office.fixture.run("UPDATE contests.contest SET closes_at = now() + interval '1 day'");
    office.fixture.run("UPDATE contests.contest SET state = 'closed'");
    VoteReaders readers = new VoteReaders(office.nats.connection(), office.nats.name());
    assertThat(readers.behind(Instant.now().plusSeconds(60)))
        .containsExactly(
            "verify (1 to read, 0 in hand, delivered to 0, acked to 0)",
            "audit-cast (1 to read, 0 in hand, delivered to 0, acked to 0)");
    assertThat(readers.behind(Instant.now().minusSeconds(60))).isEmpty();
    office.read("verify");
    assertThat(readers.behind(Instant.now().plusSeconds(60)))
        .containsExactly("audit-cast (1 to read, 0 in hand, delivered to 0, acked to 0)");
  }
}
