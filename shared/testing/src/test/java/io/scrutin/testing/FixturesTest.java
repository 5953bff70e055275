package io.scrutin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.servers.NatsServer;
import io.scrutin.servers.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class FixturesTest {
  @Test
  void databasesAreMigratedAndDoNotMeet() throws SQLException {
    TestDatabase one = TestPostgres.freshDatabase();
    TestDatabase other = TestPostgres.freshDatabase();
    try (Connection connection = one.dataSource("audit").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO audit.turnout VALUES ('law', 1, 5)");
    }
    assertThat(turnout(one.dataSource("audit"))).isEqualTo(1);
    assertThat(turnout(other.dataSource("audit"))).isZero();
  }

  @Test
  void aFunctionsDataSourceIsThatFunctionsRole() {
    DataSource verify = TestPostgres.freshDatabase().dataSource("verify");
    assertThatThrownBy(() -> turnout(verify)).isInstanceOf(SQLException.class);
  }

  private static int turnout(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM audit.turnout")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void environmentsHaveTheirOwnStreams() throws Exception {
    try (TestNats.Environment one = TestNats.freshEnvironment();
        TestNats.Environment other = TestNats.freshEnvironment()) {
      one.connection().jetStream().publish(EventType.VOTE_CAST.subject(one.name()), new byte[] {1});
      assertThat(messages(one)).isEqualTo(1);
      assertThat(messages(other)).isZero();
    }
  }

  private static long messages(TestNats.Environment environment) throws Exception {
    return environment
        .connection()
        .jetStreamManagement()
        .getStreamInfo(StreamName.CASTS.in(environment.name()))
        .getStreamState()
        .getMsgCount();
  }

  @Test
  void aServerOfItsOwnCanBeKilledAndComesBack() {
    try (NatsServer nats = TestNats.own();
        TestNats.Environment environment = TestNats.freshEnvironment(nats)) {
      nats.kill();
      nats.restart();
      Await.until(() -> messages(environment) == 0, "the stream is there again");
    }
  }

  @Test
  void prefixesDiffer() {
    assertThat(TestRedis.freshPrefix()).isNotEqualTo(TestRedis.freshPrefix());
  }

  @Test
  void aWireCanBeCutHangAndHeal() throws IOException {
    try (RedisServer redis = TestRedis.own();
        TcpProxy wire = TcpProxy.to(redis.port())) {
      try (Socket client = connected(wire)) {
        assertThat(ping(client)).isEqualTo("+PONG");
        wire.hang();
        assertThatThrownBy(() -> ping(client)).isInstanceOf(SocketTimeoutException.class);
        wire.heal();
        assertThat(read(client)).isEqualTo("+PONG");
        wire.cut();
        assertThat(read(client)).isEmpty();
      }
      try (Socket refused = connected(wire)) {
        assertThat(read(refused)).isEmpty();
      }
      wire.heal();
      try (Socket client = connected(wire)) {
        assertThat(ping(client)).isEqualTo("+PONG");
      }
    }
  }

  @Test
  void whatWasHalfOpenStaysSilentAndTheNextConnectionIsSound() throws IOException {
    try (RedisServer redis = TestRedis.own();
        TcpProxy wire = TcpProxy.to(redis.port());
        Socket before = connected(wire)) {
      assertThat(ping(before)).isEqualTo("+PONG");
      wire.halfOpen();
      wire.heal();
      assertThatThrownBy(() -> ping(before)).isInstanceOf(SocketTimeoutException.class);
      try (Socket after = connected(wire)) {
        assertThat(ping(after)).isEqualTo("+PONG");
        wire.reset();
        assertThatThrownBy(() -> requireMore(after)).isInstanceOf(IOException.class);
      }
    }
  }

  /** Whether it is the end or a reset that comes first is the kernel's business. */
  private static void requireMore(Socket socket) throws IOException {
    if (read(socket).isEmpty()) {
      throw new IOException("the end");
    }
  }

  @Test
  void aWireToReplicasGoesToTheOneThatIsThere() throws IOException {
    try (RedisServer redis = TestRedis.own();
        RedisServer gone = TestRedis.own();
        TcpProxy wire = TcpProxy.toAny(List.of(gone.port(), redis.port()))) {
      gone.kill();
      try (Socket client = connected(wire)) {
        assertThat(ping(client)).isEqualTo("+PONG");
        wire.throttle(50);
        assertThat(ping(client)).isEqualTo("+PONG");
        wire.delay(Duration.ofSeconds(5));
        assertThatThrownBy(() -> ping(client)).isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  private static Socket connected(TcpProxy wire) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port());
    socket.setSoTimeout(300);
    return socket;
  }

  private static String ping(Socket socket) throws IOException {
    socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
    return read(socket);
  }

  private static String read(Socket socket) throws IOException {
    byte[] answer = new byte[64];
    int length = socket.getInputStream().read(answer);
    return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.US_ASCII).strip();
  }

  @Test
  void waitingEndsWithWhatWasWaitedFor() {
    assertThatThrownBy(() -> Await.until(Duration.ofMillis(30), () -> false, "pigs fly"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("pigs fly");
  }
}
