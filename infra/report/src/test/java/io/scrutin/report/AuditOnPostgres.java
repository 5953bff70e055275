package io.scrutin.report;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrutin.audit.AuditVotes;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.Event;
import io.scrutin.event.Fact;
import io.scrutin.event.LocalText;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The audit function as it serves, with two contests: law-1 is over, in three hours 12 votes were
 * recorded, two were duplicates, two rejected; of law-2 one cast of long ago has no outcome, and a
 * ballot is in the box that nobody cast.
 */
final class AuditOnPostgres implements AutoCloseable {
  private static final Instant OPENS = Instant.parse("2026-06-01T08:00:00Z");

  private final TestDatabase database = TestPostgres.freshDatabase();
  private final TcpProxy wire;
  private final EmbeddedServer server;

  AuditOnPostgres() throws SQLException {
    wire = TcpProxy.to(Integer.parseInt(database.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1")));
    server =
        ApplicationContext.builder()
            .environments("audit")
            .properties(
                Map.of(
                    "micronaut.server.port",
                    -1,
                    "scrutin.postgres-url",
                    wire.through(database.jdbcUrl()),
                    "audit.integrity-max-age",
                    "0s"))
            .run(EmbeddedServer.class);
    open("law-1");
    open("law-2");
    fill();
  }

  String url() {
    return server.getURL().toString();
  }

  TcpProxy wire() {
    return wire;
  }

  static VoteId vote(int number) {
    return VoteId.of(ByteBuffer.allocate(VoteId.LENGTH_BYTES).putInt(number).array());
  }

  private void fill() throws SQLException {
    List<Event> events = new ArrayList<>();
    for (int number = 1; number <= 12; number++) {
      Instant at = OPENS.plusSeconds(number <= 8 ? number : 7200 + number);
      events.add(stamped(cast(number, "law-1"), at));
      events.add(stamped(new VoteRecorded(vote(number), "law-1"), at.plusMillis(500)));
    }
    events.add(stamped(new VoteDuplicated(vote(21), "law-1", tag(1)), OPENS.plusSeconds(60)));
    events.add(stamped(new VoteDuplicated(vote(22), "law-1", tag(1)), OPENS.plusSeconds(61)));
    events.add(rejected(31, Reason.UNKNOWN_CREDENTIAL, 70));
    events.add(rejected(32, Reason.TOO_LATE, 71));
    events.add(stamped(cast(41, "law-2"), OPENS.plusSeconds(1)));
    server.getApplicationContext().getBean(AuditVotes.class).answer(events);
    database.run(
        "INSERT INTO roll.roll (law_id, size, scheme) VALUES ('law-1', 40, 'hmac-sha256')");
    database.run(
        "INSERT INTO audit.review_decision (vote_id, decision, author, note, at) VALUES"
            + " (decode('%s', 'hex'), 'upheld', 'A. Clerk', '=1+1, \"late\"', '2026-06-03T09:00:00Z')"
                .formatted(vote(32)));
    database.run("INSERT INTO tally.ballot_box VALUES ('law-2', 'oui')");
  }

  private static Event rejected(int number, Reason reason, int second) {
    return stamped(new VoteRejected(vote(number), "law-1", reason), OPENS.plusSeconds(second));
  }

  private static Fact cast(int number, String law) {
    SealedChoice sealed = new SealedChoice(1, "key-1", Bytes.of(new byte[] {1}));
    return new VoteCast(
        vote(number), law, tag(number), sealed, Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]));
  }

  private static Tag tag(int number) {
    return Tag.of(ByteBuffer.allocate(Tag.LENGTH_BYTES).putInt(number).array());
  }

  private static Event stamped(Fact fact, Instant stamp) {
    return new Event(fact.eventId(), "test", stamp, null, null, stamp, fact);
  }

  private void open(String law) throws SQLException {
    LocalText text = new LocalText("texte", "text");
    Contest contest =
        new Contest(
            law,
            text,
            text,
            List.of(new Choice("oui", text), new Choice("non", text)),
            OPENS,
            OPENS.plusSeconds(86_400),
            new ResultsPolicy(Visibility.LIVE, 1),
            "hmac-sha256",
            new BallotKey("key-1", Bytes.of(new byte[32])));
    database.open(contest);
  }

  @Override
  public void close() {
    server.close();
    wire.close();
  }
}
