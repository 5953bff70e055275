package io.scrutin.submit;

import static io.scrutin.submit.SubmitServer.announce;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.servers.NatsServer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What submit knows of contests, and when it knows it for sure. */
class ContestViewTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final ContestOpened OPENED =
      new ContestOpened(Samples.contest("law-1", NOW.minusSeconds(3600), NOW.plusSeconds(86_400)));
  private static final String VOTE = Samples.vote(Samples.NAS, Samples.CODE, "law-1", "oui");
  private static final String KEY = "Idempotency-Key";

  @Test
  void anEndThatWasAnnouncedIsNotPutOffByAnEventToldAgain() {
    Instant end = NOW.plusSeconds(60);
    Contests closing = Contests.NONE.after(OPENED).after(new ContestClosed("law-1", end));
    for (Contests told :
        List.of(
            closing.after(OPENED),
            closing.after(new ContestClosed("law-1", end.plusSeconds(60))),
            closing.and(Contests.NONE.after(OPENED)),
            Contests.NONE.after(OPENED).and(closing))) {
      assertThat(told.find("law-1").orElseThrow().closesAt()).isEqualTo(end);
    }
    assertThat(closing.and(Contests.NONE)).isEqualTo(closing);
  }

  @Test
  void followsAnEarlyEndAndKnowsItAfterARestart() throws Exception {
    try (TestNats.Environment nats = TestNats.freshEnvironment()) {
      announce(nats.connection(), nats.name(), OPENED);
      try (SubmitServer submit = start(nats)) {
        assertThat(submit.vote(VOTE).statusCode()).isEqualTo(202);
        announce(nats.connection(), nats.name(), new ContestClosed("law-1", NOW.minusSeconds(60)));
        Await.until(() -> submit.vote(VOTE).statusCode() == 409, "the end is known");
      }
      try (SubmitServer restarted = start(nats)) {
        assertThat(restarted.vote(VOTE).statusCode()).isEqualTo(409);
      }
    }
  }

  @Test
  void forgetsNoLawThatAStreamNoLongerTellsOf() throws Exception {
    try (NatsServer server = TestNats.own();
        TestNats.Environment nats = TestNats.freshEnvironment(server);
        SubmitServer submit = start(nats)) {
      announce(nats.connection(), nats.name(), OPENED);
      Await.until(() -> submit.vote(VOTE).statusCode() == 202, "the law is known");
      nats.connection().jetStreamManagement().purgeStream(StreamName.VOTES.in(nats.name()));
      server.kill();
      server.restart();
      ContestView view = submit.bean(ContestView.class);
      Await.until(view::isCurrent, "the stream is read again");
      assertThat(submit.vote(VOTE).statusCode()).isEqualTo(202);
      assertThat(submit.get("/api/v1/contests").body()).contains("law-1");
    }
  }

  @Test
  void callsNoLawUnknownWhileItCannotReadTheStream() throws Exception {
    try (NatsServer server = TestNats.own();
        TestNats.Environment nats = TestNats.freshEnvironment(server);
        SubmitServer submit = start(nats)) {
      Await.until(() -> submit.vote(VOTE).statusCode() == 404, "there is no such law");
      server.kill();
      Await.until(() -> submit.vote(VOTE).statusCode() == 503, "nobody can tell");
      server.restart();
      Await.until(() -> submit.vote(VOTE).statusCode() == 404, "there is no such law again");
    }
  }

  @Test
  void aRetryAfterTheOpeningIsNotToldThatItsVoteWasTooEarly() throws Exception {
    try (TestNats.Environment nats = TestNats.freshEnvironment()) {
      Instant opens = Instant.now().plusSeconds(2);
      announce(
          nats.connection(),
          nats.name(),
          new ContestOpened(Samples.contest("law-1", opens, opens.plusSeconds(86_400))));
      try (SubmitServer submit =
          SubmitServer.start(nats.url(), nats.name(), Map.of("submit.clock-tolerance", "1s"))) {
        Await.until(() -> submit.vote(VOTE, KEY, "k").statusCode() != 503, "the law is known");
        var early = submit.vote(VOTE, KEY, "k");
        if (Instant.now().isBefore(opens)) {
          assertThat(early.statusCode()).isEqualTo(409);
          assertThat(early.headers().firstValue("Retry-After")).isPresent();
        }
        Await.until(() -> submit.vote(VOTE, KEY, "k").statusCode() == 202, "it is open");
        assertThat(stampOfTheOnlyCast(nats)).isAfterOrEqualTo(opens.plus(Duration.ofSeconds(1)));
      }
    }
  }

  private static SubmitServer start(TestNats.Environment nats) {
    return SubmitServer.start(nats.url(), nats.name(), Map.of());
  }

  private static Instant stampOfTheOnlyCast(TestNats.Environment nats) throws Exception {
    String stream = EventType.VOTE_CAST.stream().in(nats.name());
    var management = nats.connection().jetStreamManagement();
    assertThat(management.getStreamInfo(stream).getStreamState().getMsgCount()).isEqualTo(1);
    return management
        .getLastMessage(stream, EventType.VOTE_CAST.subject(nats.name()))
        .getTime()
        .toInstant();
  }
}
