package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.broker.StreamSizes;
import io.scrutin.event.ContestOpened;
import io.scrutin.servers.NatsServer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestNats;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be kept is not accepted, and what cannot be judged is not refused. */
class BrokerAwayTest {
  private static final String VOTE = Samples.vote(Samples.NAS, Samples.CODE, "open-law", "oui");

  @Test
  void answers503WhileTheBrokerIsAwayAnd202WhenItIsBack() throws Exception {
    try (NatsServer server = TestNats.own();
        TestNats.Environment nats = TestNats.freshEnvironment(server)) {
      open(nats);
      try (SubmitServer submit = SubmitServer.start(nats.url(), nats.name(), Map.of())) {
        assertThat(submit.vote(VOTE).statusCode()).isEqualTo(202);
        server.kill();
        assertLater(submit.vote(VOTE));
        assertLater(submit.vote(VOTE, "Prefer", "wait=5"));
        server.restart();
        Await.until(() -> submit.vote(VOTE).statusCode() == 202, "votes are taken again");
      }
    }
  }

  @Test
  void aConnectionThatIsSilentForGoodIsGivenUpAfterTenSeconds() throws Exception {
    try (TestNats.Environment nats = TestNats.freshEnvironment();
        TcpProxy wire = TcpProxy.to(URI.create(nats.url()).getPort())) {
      open(nats);
      try (SubmitServer submit =
          SubmitServer.start(wire.through(nats.url()), nats.name(), Map.of())) {
        assertThat(submit.vote(VOTE).statusCode()).isEqualTo(202);
        wire.halfOpen();
        wire.heal();
        // Two and a half more, to connect and on a machine that is busy.
        Await.until(
            Duration.ofMillis(12_500),
            () -> submit.vote(VOTE).statusCode() == 202,
            "votes are taken again");
      }
    }
  }

  @Test
  void knowsTheContestsAgainAfterARestart() throws Exception {
    try (NatsServer server = TestNats.own();
        TestNats.Environment nats = TestNats.freshEnvironment(server)) {
      open(nats);
      server.kill();
      try (SubmitServer submit = SubmitServer.start(nats.url(), nats.name(), Map.of())) {
        assertLater(submit.vote(VOTE));
        assertThat(submit.get("/api/v1/contests").statusCode()).isEqualTo(503);
        assertThat(submit.get("/api/v1/health").statusCode()).isEqualTo(200);
        server.restart();
        Await.until(() -> submit.vote(VOTE).statusCode() == 202, "the law is known");
        assertThat(submit.get("/api/v1/contests").body()).contains("open-law");
      }
    }
  }

  @Test
  void hearsOfContestsThatOpenAfterTheBrokerCameBack() throws Exception {
    try (NatsServer server = TestNats.own();
        TestNats.Environment nats = TestNats.freshEnvironment(server);
        SubmitServer submit = SubmitServer.start(nats.url(), nats.name(), Map.of())) {
      Await.until(() -> submit.vote(VOTE).statusCode() == 404, "it is known that there is no law");
      server.kill();
      server.restart();
      Await.until(() -> opened(nats), "the law is opened");
      Await.until(() -> submit.vote(VOTE).statusCode() == 202, "the law is known");
    }
  }

  @Test
  void answers503WhenTheStreamIsFull() throws Exception {
    try (NatsServer server = TestNats.own();
        TestNats.Environment nats =
            TestNats.freshEnvironment(server, new StreamSizes(4096, 4096, 1))) {
      open(nats);
      try (SubmitServer submit = SubmitServer.start(nats.url(), nats.name(), Map.of())) {
        Await.until(() -> submit.vote(VOTE).statusCode() == 503, "the stream is full");
        HttpResponse<String> answer = submit.vote(VOTE);
        assertLater(answer);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(submit.get("/prometheus").body())
            .containsPattern("votes_not_kept_total\\{why=\"full\"} [1-9]");
      }
    }
  }

  private static boolean opened(TestNats.Environment nats) throws Exception {
    open(nats);
    return true;
  }

  private static void open(TestNats.Environment nats) throws Exception {
    Instant now = Instant.now();
    SubmitServer.announce(
        nats.connection(),
        nats.name(),
        new ContestOpened(
            Samples.contest("open-law", now.minusSeconds(60), now.plusSeconds(3600))));
  }

  private static void assertLater(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }
}
