package io.scrutin.parked;

import io.scrutin.console.Surroundings;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventParked;
import io.scrutin.event.Fact;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestNats;
import io.scrutin.testing.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where somebody types {@code parked …}, on a NATS and a Postgres of its own. */
final class Counter implements AutoCloseable {
  static final String LAW = "law-1";

  final TestNats.Environment nats = TestNats.freshEnvironment();
  final TestDatabase database = TestPostgres.freshDatabase();
  final Map<String, String> environment = new HashMap<>();
  private final EventCodec codec = new EventCodec();
  String out = "";
  String err = "";

  Counter(Path dir) throws IOException {
    Path passwords = Files.createDirectories(dir.resolve("passwords"));
    Files.writeString(passwords.resolve("audit"), "any");
    environment.put(Surroundings.POSTGRES_URL, database.jdbcUrl());
    environment.put(Surroundings.POSTGRES_PASSWORDS_DIR, passwords.toString());
    environment.put(Surroundings.NATS_URL, nats.url());
    environment.put(Surroundings.ENVIRONMENT, nats.name());
  }

  int run(String... arguments) {
    StringWriter written = new StringWriter();
    StringWriter wrong = new StringWriter();
    int code =
        ParkedCommand.run(
            Arrays.asList(arguments),
            environment,
            new PrintWriter(written, true),
            new PrintWriter(wrong, true));
    out = written.toString();
    err = wrong.toString();
    return code;
  }

  static VoteId vote(int number) {
    return VoteId.parse("%032x".formatted(number + 0xabc000));
  }

  static VoteCast cast(int number) {
    byte[] tag = new byte[Tag.LENGTH_BYTES];
    Arrays.fill(tag, (byte) (number + 0x70));
    Bytes mac = Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]);
    SealedChoice sealed = new SealedChoice(1, "key-1", Bytes.of(new byte[64]));
    return new VoteCast(vote(number), LAW, Tag.of(tag), sealed, mac);
  }

  /** A cast that is in its stream, and parked as the trigger parks. */
  EventParked park(int number) throws Exception {
    return park(number, "verify");
  }

  EventParked park(int number, String binding) throws Exception {
    byte[] message = codec.encode(Event.first(cast(number), "submit", Instant.EPOCH, null));
    String subject = cast(number).type().subject(nats.name());
    long sequence = nats.connection().jetStream().publish(subject, message).getSeqno();
    String stream = cast(number).type().stream().in(nats.name());
    Instant stampedAt =
        nats.connection().jetStreamManagement().getMessage(stream, sequence).getTime().toInstant();
    EventParked parked =
        new EventParked(
            binding,
            stream,
            sequence,
            subject,
            stampedAt,
            "not from submit",
            vote(number),
            LAW,
            Bytes.of(message));
    publish(parked);
    return parked;
  }

  /** Its number in its stream. */
  long publish(Fact fact) throws Exception {
    byte[] event = codec.encode(Event.first(fact, "test", Instant.now(), null));
    return nats.connection()
        .jetStream()
        .publish(fact.type().subject(nats.name()), event)
        .getSeqno();
  }

  void sql(String statement) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement update = connection.createStatement()) {
      update.execute(statement);
    }
  }

  String text(String query) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  @Override
  public void close() {
    nats.close();
  }
}
