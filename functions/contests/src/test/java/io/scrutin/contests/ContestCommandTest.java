package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.console.Surroundings;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as an officer types it, on a Postgres and a NATS of its own. */
class ContestCommandTest {
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
  void leadsAContestFromItsDraftToItsResult() throws Exception {
    assertThat(office.run(Office.CREATE)).isZero();
    assertThat(office.out).contains("a draft").contains("contest open law-1");
    assertThat(dir.resolve("ballot")).isDirectoryContaining("glob:**/law-1-*.key");

    assertThat(office.run("open", "law-1")).isZero();
    assertThat(office.out).contains("Warning: its roll is not loaded");
    assertThat(office.told()).singleElement().isInstanceOf(ContestOpened.class);
    assertThat(office.run("open", "law-1")).isZero();
    assertThat(office.out).contains("nothing to do");

    assertThat(office.run("close", "law-1", "--margin=20")).isZero();
    assertThat(office.told()).hasSize(2).last().isInstanceOf(ContestClosed.class);
    assertThat(office.run("publish", "law-1")).isEqualTo(1);
    assertThat(office.err).startsWith("not-over");

    office.voteAndCount();
    office.fixture.pass(Duration.ofSeconds(20));
    assertThat(office.run("publish", "law-1")).isEqualTo(1);
    assertThat(office.err).startsWith("not-settled");
    office.fixture.pass(Duration.ofSeconds(60));
    assertThat(office.run("publish", "law-1", "--out", dir.resolve("out").toString()))
        .as(office.err)
        .isZero();
    assertThat(office.out).contains("Oui | Yes").contains("█");
    String fingerprint = Files.readString(office.fingerprint());
    assertThat(office.run("check", office.result().toString(), "--fingerprint", fingerprint))
        .isZero();
    assertThat(office.out).contains("Genuine");
    assertThat(office.run("list")).isZero();
    assertThat(office.out).contains("published");
  }

  @Test
  void saysAllThatIsWrongWithADraft() {
    assertThat(office.run("create", "--law=a b", "--choice=oui", "--policy=x")).isEqualTo(1);
    assertThat(office.err)
        .contains("title: fr is missing")
        .contains("choice 1: fr is missing")
        .contains("policy: it is live or at-close");
  }

  @Test
  void readsAContestFromAFileInWhichNoIsNoBoolean() throws Exception {
    Path file = dir.resolve("contest.yaml");
    Files.writeString(
        file,
        """
        law: law-1
        title: {fr: Loi, en: Act}
        question: {fr: "Pour ?", en: "For?"}
        choices:
          - {id: yes, fr: Oui, en: Yes}
          - {id: no, fr: Non, en: No}
        opens: now
        closes: PT1H
        policy: live
        group-size: 20
        """);
    assertThat(office.run("create", "--file", file.toString())).as(office.err).isZero();
    assertThat(office.out).contains("Warning");
    assertThat(office.run("show", "law-1", "--json")).isZero();
    assertThat(office.out).contains("\"id\":\"no\"").contains("\"state\":\"draft\"");
    Files.writeString(file, "law: law-1\nsecret: 1\n");
    assertThat(office.run("create", "--file", file.toString())).isEqualTo(1);
    assertThat(office.err).contains("unknown: secret");
  }

  @Test
  void decidesWithoutNatsAndTellsLater() throws Exception {
    office.run(Office.CREATE);
    office.environment.put(Surroundings.NATS_URL, "nats://127.0.0.1:1");
    assertThat(office.run("open", "law-1")).isZero();
    assertThat(office.out).contains("next beat");
    office.environment.put(Surroundings.NATS_URL, office.nats.url());
    assertThat(office.run("open", "law-1")).isZero();
    assertThat(office.told()).singleElement().isInstanceOf(ContestOpened.class);
  }

  @Test
  void warnsOfAnEndThatWasWrittenTooSlowly() {
    office.open();
    Instant decided = office.fixture.now();
    AtomicInteger looks = new AtomicInteger();
    // Decided, written, and six seconds later committed.
    office.time = _ -> decided.plusSeconds(looks.incrementAndGet() > 2 ? 6 : 0);
    assertThat(office.run("close", "law-1", "--margin=20")).isZero();
    assertThat(office.out).contains("Warning").contains("only 14 s ahead").contains("runbook");
    office.time = office.fixture.time;
    assertThat(office.run("close", "law-1", "--margin=20")).isZero();
    assertThat(office.out).doesNotContain("Warning");
  }

  @Test
  void aCreationThatBreaksOffLeavesNoContestWithoutItsKey() throws Exception {
    office.fixture.run("REVOKE INSERT ON contests.contest FROM scrutin_contests");
    assertThat(office.run(Office.CREATE)).isEqualTo(1);
    assertThat(keys()).hasSize(1);
    assertThat(office.fixture.book.find("law-1")).isEmpty();
    office.fixture.run("GRANT INSERT ON contests.contest TO scrutin_contests");

    Path nowhere = Files.writeString(dir.resolve("file"), "no folder");
    office.environment.put(Surroundings.BALLOT_KEYS_DIR, nowhere.toString());
    assertThat(office.run(Office.CREATE)).isEqualTo(1);
    assertThat(office.fixture.book.find("law-1")).isEmpty();

    office.environment.put(Surroundings.BALLOT_KEYS_DIR, dir.resolve("ballot").toString());
    assertThat(office.run(Office.CREATE)).isZero();
    String keyId = office.fixture.book.find("law-1").orElseThrow().contest().ballotKey().keyId();
    assertThat(keys()).hasSize(2).contains(keyId + ".key");
  }

  private List<String> keys() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("ballot"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void saysWhatIsMissingOrWrongInItsUse() {
    office.environment.remove(Surroundings.BALLOT_KEYS_DIR);
    assertThat(office.run(Office.CREATE)).isEqualTo(2);
    assertThat(office.err).contains(Surroundings.BALLOT_KEYS_DIR);
    assertThat(office.run("shut", "law-1")).isEqualTo(2);
    assertThat(office.run("close", "law-1", "--margin=19")).isEqualTo(2);
    assertThat(office.run("close", "law-1", "--at=noon")).isEqualTo(2);
    assertThat(office.run("close", "law-2")).isEqualTo(1);
    assertThat(office.err).startsWith("unknown-law");
    assertThat(office.run("show", "law-2")).isEqualTo(1);
  }
}
