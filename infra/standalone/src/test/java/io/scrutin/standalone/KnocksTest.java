package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} does at its own door before it says that it is open. */
class KnocksTest {
  @TempDir Path dir;

  @Test
  void areAnsweredAndLeaveNothing() throws Exception {
    try (Standalone system = Started.on(dir, 10, new Shape.Together());
        Connection nats = Nats.connect(system.servers().nats().url())) {
      long before = messages(nats);
      long keys = keys(system);

      assertThat(Knocks.at(system.url())).isBetween(1, Knocks.MOST);

      assertThat(messages(nats)).isEqualTo(before);
      assertThat(keys(system)).isEqualTo(keys);
      Books books = new Books(system.servers().owner());
      assertThat(books.ballots()).isZero();
      assertThat(books.number("SELECT count(*) FROM audit.duplicate_attempts")).isZero();
    }
  }

  private static long keys(Standalone system) {
    return RedisCommands.keys(system.servers().redis().url(), "*").size();
  }

  private static long messages(Connection nats) throws Exception {
    long messages = 0;
    for (String stream : nats.jetStreamManagement().getStreamNames()) {
      messages +=
          nats.jetStreamManagement().getStreamInfo(stream).getStreamState().getLastSequence();
    }
    return messages;
  }

  @Test
  void areInVainWhereSomethingElseAnswers() throws Exception {
    HttpServer another = LoopbackHttp.create(0, 10);
    another.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    another.start();
    try {
      URI door = URI.create("http://localhost:" + another.getAddress().getPort());
      assertThatThrownBy(() -> Knocks.at(door))
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("a post for no contest had status 202");
    } finally {
      another.stop(0);
    }
  }
}
