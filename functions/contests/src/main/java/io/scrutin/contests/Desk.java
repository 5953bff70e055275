package io.scrutin.contests;

import io.micronaut.serde.ObjectMapper;
import io.nats.client.Connection;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.broker.EventPublisher;
import io.scrutin.console.Surroundings;
import io.scrutin.event.EventCodec;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the verbs of the command work: it finds the system, and says what was found. */
final class Desk {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int MISUSED = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 60;

  private final Surroundings surroundings;
  private final PrintWriter out;
  private final PrintWriter err;
  private final ContestBook.Time time;
  private final EventCodec codec = new EventCodec();
  private final ObjectMapper json = ObjectMapper.getDefault();

  Desk(Surroundings surroundings, PrintWriter out, PrintWriter err, ContestBook.Time time) {
    this.surroundings = surroundings;
    this.out = out;
    this.err = err;
    this.time = time;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  EventCodec codec() {
    return codec;
  }

  ObjectMapper json() {
    return json;
  }

  PrintWriter out() {
    return out;
  }

  void say(String line) {
    out.println(line);
  }

  /** What went wrong, and then what to do about it. */
  int refuse(int code, List<String> lines) {
    lines.forEach(err::println);
    return code;
  }

  int refuse(Change.Refused refused) {
    err.println(refused.reason().code() + ": " + refused.detail());
    return REFUSED;
  }

  DataSource database() {
    Surroundings.Login login = surroundings.postgres("contests");
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(login.url());
    source.setUser(login.user());
    source.setPassword(login.password());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    return source;
  }

  ContestBook book() {
    return new ContestBook(database(), codec, time);
  }

  /** A change is true once it is committed; telling of it may wait for the heartbeat. */
  void announce() throws SQLException, InterruptedException {
    try (BrokerLink broker = broker()) {
      broker.await(PATIENCE);
      EventPublisher publisher = new EventPublisher(broker, surroundings.environment(), codec);
      Outbox outbox = new Outbox(database(), codec, publisher::publish);
      new Announcements(outbox, broker, surroundings.environment(), codec).tell();
      say("Everybody is told.");
    } catch (BrokerRefused away) {
      say("NATS does not answer now: it is decided, and contests tells of it with its next beat.");
    }
  }

  Connection connected(BrokerLink broker) throws InterruptedException {
    return broker.await(PATIENCE);
  }

  BrokerLink broker() {
    return BrokerLink.open(surroundings.get(Surroundings.NATS_URL), "contest");
  }
}
