package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.scrutin.console.Surroundings;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.StreamName;
import io.scrutin.testing.TestNats;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as an officer types it, on a Postgres and a NATS of its own. */
class ContestCommandTest {
  private static final List<String> CREATE =
      List.of(
          "create",
          "--law=law-1",
          "--title-fr=Loi sur l'eau",
          "--title-en=Water act",
          "--question-fr=Êtes-vous pour ?",
          "--question-en=Are you in favour?",
          "--choice=oui=Oui|Yes",
          "--choice=non=Non|No",
          "--opens=now",
          "--closes=PT24H");

  @TempDir private Path dir;
  private final BookFixture fixture = new BookFixture();
  private final TestNats.Environment nats = TestNats.freshEnvironment();
  private final Map<String, String> environment = new HashMap<>();
  private BooksRead books = Samples.books(List.of(), 3, 3, 0);
  private String out = "";
  private String err = "";

  @BeforeEach
  void surroundings() throws IOException {
    Path passwords = Files.createDirectories(dir.resolve("passwords"));
    Files.writeString(passwords.resolve("contests"), "any");
    environment.put(Surroundings.POSTGRES_URL, fixture.database.jdbcUrl());
    environment.put(Surroundings.POSTGRES_PASSWORDS_DIR, passwords.toString());
    environment.put(Surroundings.NATS_URL, nats.url());
    environment.put(Surroundings.ENVIRONMENT, nats.name());
    environment.put(Surroundings.BALLOT_KEYS_DIR, dir.resolve("ballot").toString());
    environment.put(Surroundings.SIGNING_KEY_FILE, dir.resolve("signing.key").toString());
  }

  @AfterEach
  void leave() {
    nats.close();
  }

  private int run(String... arguments) {
    return run(List.of(arguments));
  }

  private int run(List<String> arguments) {
    StringWriter written = new StringWriter();
    StringWriter wrong = new StringWriter();
    int code =
        ContestCommand.run(
            arguments,
            new Surroundings(environment),
            _ -> books,
            fixture.clock,
            new PrintWriter(written),
            new PrintWriter(wrong));
    out = written.toString();
    err = wrong.toString();
    return code;
  }

  private List<Fact> told() throws Exception {
    List<Fact> facts = new ArrayList<>();
    JetStreamManagement management = nats.connection().jetStreamManagement();
    String stream = StreamName.VOTES.in(nats.name());
    long last = management.getStreamInfo(stream).getStreamState().getLastSequence();
    for (long i = 1; i <= last; i++) {
      facts.add(fixture.codec.decode(management.getMessage(stream, i).getData()).fact());
    }
    return facts;
  }

  @Test
  void leadsAContestFromItsDraftToItsResult() throws Exception {
    assertThat(run(CREATE)).isZero();
    assertThat(out).contains("a draft").contains("contest open law-1");
    assertThat(dir.resolve("ballot")).isDirectoryContaining("glob:**/law-1-*.key");

    assertThat(run("open", "law-1")).isZero();
    assertThat(told()).singleElement().isInstanceOf(ContestOpened.class);
    assertThat(run("open", "law-1")).isZero();
    assertThat(out).contains("nothing to do");

    assertThat(run("close", "law-1", "--margin=15")).isZero();
    assertThat(told()).hasSize(2).last().isInstanceOf(ContestClosed.class);
    assertThat(run("publish", "law-1")).isEqualTo(1);
    assertThat(err).startsWith("not-over");

    voteAndCount();
    fixture.pass(Duration.ofSeconds(15));
    assertThat(run("publish", "law-1")).isEqualTo(1);
    assertThat(err).startsWith("not-settled");
    fixture.pass(Duration.ofSeconds(60));
    assertThat(run("publish", "law-1", "--out", dir.resolve("out").toString())).as(err).isZero();
    assertThat(out).contains("Oui | Yes").contains("█");
    assertThat(run("check", result().toString())).isZero();
    assertThat(out).contains("Genuine");
    assertThat(run("list")).isZero();
    assertThat(out).contains("published");
  }

  @Test
  void publishesOnceAndWritesTheSameDocumentAgain() throws Exception {
    published();
    byte[] document = Files.readAllBytes(result());
    String page = Files.readString(page());
    assertThat(run("publish", "law-1", "--out", dir.resolve("out").toString())).isZero();
    assertThat(out).contains("published already");
    assertThat(Files.readAllBytes(result())).isEqualTo(document);
    assertThat(Files.readString(page())).isEqualTo(page).doesNotContainPattern("\\{[a-z_]+\\}");
  }

  @Test
  void doubtsADocumentThatWasChangedOrSignedByAnother() throws Exception {
    published();
    String document = Files.readString(result());
    assertThat(run("check", result().toString(), "--fingerprint", "00ff")).isEqualTo(1);
    assertThat(err).contains("another key");
    Files.writeString(result(), document.replace("\"votes\":2", "\"votes\":9"));
    assertThat(run("check", result().toString())).isEqualTo(1);
    assertThat(err).contains("Do not believe");
    assertThat(run("check", dir.resolve("nothing.json").toString())).isEqualTo(2);
  }

  @Test
  void publishesNothingWhileABookDiffersOrAReaderIsMissing() throws Exception {
    open();
    voteAndCount();
    fixture.pass(Duration.ofDays(2));
    books = Samples.books(List.of("tally oui: 2, recount 3"), 3, 3, 0);
    assertThat(run("publish", "law-1")).isEqualTo(1);
    assertThat(err).contains("books-differ").contains("recount 3");
    nats.connection()
        .jetStreamManagement()
        .deleteConsumer(StreamName.VOTES.in(nats.name()), "store");
    assertThat(run("publish", "law-1")).isEqualTo(1);
    assertThat(err).contains("consumer-behind").contains("store (is not there)");
    assertThat(fixture.number("SELECT count(*) FROM contests.publication")).isZero();
  }

  @Test
  void waitsForAReaderThatHasAVoteOfBeforeTheEnd() throws Exception {
    open();
    durables();
    nats.connection()
        .jetStream()
        .publish(
            EventType.VOTE_CAST.subject(nats.name()), "a cast".getBytes(StandardCharsets.UTF_8));
    fixture.pass(Duration.ofDays(2));
    fixture.run("UPDATE contests.contest SET closes_at = now() + interval '1 day'");
    fixture.run("UPDATE contests.contest SET state = 'closed'");
    VoteReaders readers = new VoteReaders(nats.connection(), nats.name());
    assertThat(readers.behind(Instant.now().plusSeconds(60)))
        .containsExactly("audit-cast (1 to read, 0 in hand)", "verify (1 to read, 0 in hand)");
    assertThat(readers.behind(Instant.now().minusSeconds(60))).isEmpty();
    read("verify");
    assertThat(readers.behind(Instant.now().plusSeconds(60)))
        .containsExactly("audit-cast (1 to read, 0 in hand)");
  }

  @Test
  void saysAllThatIsWrongWithADraft() {
    assertThat(run("create", "--law=a b", "--choice=oui", "--policy=x")).isEqualTo(1);
    assertThat(err)
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
    assertThat(run("create", "--file", file.toString())).as(err).isZero();
    assertThat(out).contains("Warning");
    assertThat(run("show", "law-1", "--json")).isZero();
    assertThat(out).contains("\"id\":\"no\"").contains("\"state\":\"draft\"");
    Files.writeString(file, "law: law-1\nsecret: 1\n");
    assertThat(run("create", "--file", file.toString())).isEqualTo(1);
    assertThat(err).contains("unknown: secret");
  }

  @Test
  void decidesWithoutNatsAndTellsLater() throws Exception {
    run(CREATE);
    environment.put(Surroundings.NATS_URL, "nats://127.0.0.1:1");
    assertThat(run("open", "law-1")).isZero();
    assertThat(out).contains("next beat");
    environment.put(Surroundings.NATS_URL, nats.url());
    assertThat(run("open", "law-1")).isZero();
    assertThat(told()).singleElement().isInstanceOf(ContestOpened.class);
  }

  @Test
  void saysWhatIsMissingOrWrongInItsUse() {
    environment.remove(Surroundings.BALLOT_KEYS_DIR);
    assertThat(run(CREATE)).isEqualTo(2);
    assertThat(err).contains(Surroundings.BALLOT_KEYS_DIR);
    assertThat(run("shut", "law-1")).isEqualTo(2);
    assertThat(run("close", "law-1", "--margin=14")).isEqualTo(2);
    assertThat(run("close", "law-1", "--at=noon")).isEqualTo(2);
    assertThat(run("close", "law-2")).isEqualTo(1);
    assertThat(err).startsWith("unknown-law");
    assertThat(run("show", "law-2")).isEqualTo(1);
  }

  private Path result() {
    return dir.resolve("out").resolve("results-law-1.json");
  }

  private Path page() {
    return dir.resolve("out").resolve("results-law-1.html");
  }

  private void open() {
    assertThat(run(CREATE)).as(err).isZero();
    assertThat(run("open", "law-1")).isZero();
  }

  private void published() throws Exception {
    open();
    voteAndCount();
    fixture.pass(Duration.ofDays(2));
    assertThat(run("publish", "law-1", "--out", dir.resolve("out").toString())).as(err).isZero();
  }

  /** Three votes, as the steps would have left them. */
  private void voteAndCount() throws Exception {
    durables();
    fixture.run(
        "INSERT INTO roll.roll (law_id, size, scheme, complete_at)"
            + " VALUES ('law-1', 10, 'hmac-sha256', now())");
    fixture.run(
        "INSERT INTO store.participation SELECT 'law-1', decode(lpad(i::text, 64, '0'), 'hex'),"
            + " decode(lpad(i::text, 32, '0'), 'hex') FROM generate_series(1, 3) i");
    fixture.run("INSERT INTO tally.tally VALUES ('law-1', 'oui', 2), ('law-1', 'non', 1)");
  }

  private void durables() throws Exception {
    for (Map.Entry<String, EventType> reader : VoteReaders.DURABLES.entrySet()) {
      nats.connection()
          .jetStreamManagement()
          .addOrUpdateConsumer(
              reader.getValue().stream().in(nats.name()),
              ConsumerConfiguration.builder()
                  .durable(reader.getKey())
                  .filterSubject(reader.getValue().subject(nats.name()))
                  .build());
    }
  }

  private void read(String durable) throws Exception {
    Message message =
        nats.connection()
            .getConsumerContext(EventType.VOTE_CAST.stream().in(nats.name()), durable)
            .next();
    message.ackSync(Duration.ofSeconds(5));
  }
}
