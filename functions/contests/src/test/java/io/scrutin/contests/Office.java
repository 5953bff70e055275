package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamManagement;
import io.scrutin.console.Surroundings;
import io.scrutin.event.Fact;
import io.scrutin.event.StreamName;
import io.scrutin.testing.TestNats;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Where an officer types, on a Postgres and a NATS of its own. */
final class Office implements AutoCloseable {
  static final List<String> CREATE =
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

  final Path dir;
  final BookFixture fixture = new BookFixture();
  final TestNats.Environment nats = TestNats.freshEnvironment();
  final Map<String, String> environment = new HashMap<>();
  ContestBook.Time time = fixture.time;
  BooksRead books = Samples.books(List.of(), 3, 3, 0);
  Function<String, BooksRead> reads = _ -> books;
  String out = "";
  String err = "";

  Office(Path dir) throws IOException {
    this.dir = dir;
    Path passwords = Files.createDirectories(dir.resolve("passwords"));
    Files.writeString(passwords.resolve("contests"), "any");
    environment.put(Surroundings.POSTGRES_URL, fixture.database.jdbcUrl());
    environment.put(Surroundings.POSTGRES_PASSWORDS_DIR, passwords.toString());
    environment.put(Surroundings.NATS_URL, nats.url());
    environment.put(Surroundings.ENVIRONMENT, nats.name());
    environment.put(Surroundings.BALLOT_KEYS_DIR, dir.resolve("ballot").toString());
    environment.put(Surroundings.SIGNING_KEY_FILE, dir.resolve("signing.key").toString());
  }

  @Override
  public void close() {
    nats.close();
  }

  int run(String... arguments) {
    return run(List.of(arguments));
  }

  int run(List<String> arguments) {
    StringWriter written = new StringWriter();
    StringWriter wrong = new StringWriter();
    int code =
        ContestCommand.run(
            arguments,
            new Surroundings(environment),
            reads,
            time,
            new PrintWriter(written),
            new PrintWriter(wrong));
    out = written.toString();
    err = wrong.toString();
    return code;
  }

  List<Fact> told() throws Exception {
    List<Fact> facts = new ArrayList<>();
    JetStreamManagement management = nats.connection().jetStreamManagement();
    String stream = StreamName.VOTES.in(nats.name());
    long last = management.getStreamInfo(stream).getStreamState().getLastSequence();
    for (long i = 1; i <= last; i++) {
      facts.add(fixture.codec.decode(management.getMessage(stream, i).getData()).fact());
    }
    return facts;
  }

  Path result() {
    return dir.resolve("out").resolve("results-law-1.json");
  }

  Path fingerprint() {
    return dir.resolve("out").resolve("results-law-1.fingerprint");
  }

  Path page() {
    return dir.resolve("out").resolve("results-law-1.html");
  }

  void open() {
    assertThat(run(CREATE)).as(err).isZero();
    assertThat(run("open", "law-1")).isZero();
  }

  void published() throws Exception {
    open();
    voteAndCount();
    fixture.pass(Duration.ofDays(2));
    assertThat(run("publish", "law-1", "--out", dir.resolve("out").toString())).as(err).isZero();
  }

  /** Three votes, as the steps would have left them. */
  void voteAndCount() throws Exception {
    durables();
    fixture.run(
        "INSERT INTO roll.roll (law_id, size, scheme, complete_at)"
            + " VALUES ('law-1', 10, 'hmac-sha256', now())");
    fixture.run(
        "INSERT INTO store.participation SELECT 'law-1', decode(lpad(i::text, 64, '0'), 'hex'),"
            + " decode(lpad(i::text, 32, '0'), 'hex') FROM generate_series(1, 3) i");
    fixture.run("INSERT INTO tally.tally VALUES ('law-1', 'oui', 2), ('law-1', 'non', 1)");
  }

  void durables() throws Exception {
    new Readers(nats).make();
  }

  void read(String durable) throws Exception {
    new Readers(nats).read(durable);
  }
}
