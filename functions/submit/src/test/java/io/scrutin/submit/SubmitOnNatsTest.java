package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nats.client.api.MessageInfo;
import io.scrutin.ballot.BallotOpener;
import io.scrutin.ballot.CastMac;
import io.scrutin.ballot.Opening;
import io.scrutin.event.Contest;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteCast;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class SubmitOnNatsTest {
  private static final String VOTE = Samples.vote(Samples.NAS, Samples.CODE, "open-law", "oui");
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  private static TestNats.Environment nats;
  private static SubmitServer submit;

  @BeforeAll
  static void start() throws Exception {
    LOG.start();
    ((Logger) LoggerFactory.getLogger("ROOT")).addAppender(LOG);
    nats = TestNats.freshEnvironment();
    Instant now = Instant.now();
    announce(Samples.contest("open-law", now.minusSeconds(60), now.plusSeconds(3600)));
    announce(Samples.contest("future-law", now.plusSeconds(3600), now.plusSeconds(7200)));
    announce(Samples.contest("past-law", now.minusSeconds(7200), now.minusSeconds(3600)));
    submit = SubmitServer.start(nats.url(), nats.name(), Map.of());
  }

  private static void announce(Contest contest) throws Exception {
    SubmitServer.announce(nats.connection(), nats.name(), new ContestOpened(contest));
  }

  @AfterAll
  static void stop() {
    submit.close();
    nats.close();
    ((Logger) LoggerFactory.getLogger("ROOT")).detachAppender(LOG);
    assertThat(LOG.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("046454286") || line.contains(Samples.CODE));
  }

  @Test
  void answers202ForWhatTheStreamKeeps() throws Exception {
    HttpResponse<String> answer = submit.vote(VOTE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String requestId = requestId(answer);
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/vote/" + requestId);
    assertThat(submit.json(answer).keySet()).isEqualTo(Set.of("request_id"));
    VoteCast cast = lastCast();
    assertThat(cast.voteId().toString()).isEqualTo(requestId);
    assertThat(new CastMac(SubmitServer.MAC_KEY).matches(cast)).isTrue();
    assertThat(
            new BallotOpener(List.of(Samples.KEYS)).open("open-law", cast.voteId(), cast.sealed()))
        .isEqualTo(new Opening.Opened("oui"));
  }

  /** So that all posts can be equally long, whatever was chosen. */
  @Test
  void takesAPostThatIsFilledUpWithSpaces() throws Exception {
    assertThat(submit.vote(VOTE + " ".repeat(512 - VOTE.length())).statusCode()).isEqualTo(202);
  }

  @Test
  void publishesNeitherCredentialNorChoice() throws Exception {
    submit.vote(VOTE);
    MessageInfo message = lastMessage();
    String wire =
        new String(message.getData(), StandardCharsets.UTF_8) + message.getHeaders().entrySet();
    assertThat(wire)
        .doesNotContain("046454286")
        .doesNotContain("046 454 286")
        .doesNotContain(Samples.CODE)
        .doesNotContain("\"oui\"");
  }

  @Test
  void takesARetryForTheSameVote() throws Exception {
    HttpResponse<String> first = submit.vote(VOTE, "Idempotency-Key", "retry-1");
    long after = casts();
    HttpResponse<String> second = submit.vote(VOTE, "Idempotency-Key", "retry-1");
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(requestId(second)).isEqualTo(requestId(first));
    assertThat(casts()).isEqualTo(after);
  }

  @Test
  void keepsVotersApartWhoChoseTheSameKey() throws Exception {
    String other = Samples.vote(Samples.OTHER_NAS, Samples.CODE, "open-law", "oui");
    assertThat(requestId(submit.vote(VOTE, "Idempotency-Key", "shared")))
        .isNotEqualTo(requestId(submit.vote(other, "Idempotency-Key", "shared")));
  }

  @Test
  void givesEachVoteWithoutAKeyANameOfItsOwn() throws Exception {
    assertThat(requestId(submit.vote(VOTE))).isNotEqualTo(requestId(submit.vote(VOTE)));
  }

  @Test
  void takesAHundredConcurrentPostsOfOneCredential() {
    List<CompletableFuture<HttpResponse<String>>> posts =
        IntStream.range(0, 100).mapToObj(_ -> submit.voteLater(VOTE)).toList();
    assertThat(posts).allSatisfy(post -> assertThat(post.join().statusCode()).isEqualTo(202));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"nas\": | 400 | malformed-json | bien formé | well-formed",
        "`` | 400 | missing-body | corps | body",
        "[] | 400 | not-an-object | objet JSON | JSON object",
        "{\"nas\":\"1\",\"nas\":\"2\"} | 400 | repeated-field | plus d'une fois | more than once",
        "{\"nas\":\"046454287\",\"code\":\"ABC123\",\"law_id\":\"open-law\",\"vote\":\"oui\"} | 400"
            + " | invalid-fields | neuf chiffres | nine digits",
        "{\"nas\":\"046454286\",\"code\":\"A\",\"law_id\":\"open-law\",\"vote\":\"oui\"} | 400"
            + " | invalid-fields | 6 à 16 | 6 to 16",
        "{\"nas\":\"046454286\",\"code\":\"ABC123\",\"law_id\":\"open-law\",\"vote\":7} | 400"
            + " | invalid-fields | doit être un texte | must be a text",
        "{\"nas\":\"046454286\",\"code\":\"ABC123\",\"law_id\":\"open-law\",\"vote\":\"x\"} | 400"
            + " | invalid-fields | bulletin | ballot",
        "{\"nas\":\"046454286\",\"code\":\"ABC123\",\"law_id\":\"open-law\",\"vote\":\"oui\","
            + "\"more\":1} | 400 | invalid-fields | n'existe pas | does not exist",
        "{\"nas\":\"046454286\",\"code\":\"ABC123\",\"law_id\":\"no-law\",\"vote\":\"oui\"} | 404"
            + " | unknown-law | pas de consultation | no law",
        "{\"nas\":\"046454286\",\"code\":\"ABC123\",\"law_id\":\"future-law\",\"vote\":\"oui\"}"
            + " | 409 | not-yet-open | ouvre le 20 | opens at 20",
        "{\"nas\":\"046454286\",\"code\":\"ABC123\",\"law_id\":\"past-law\",\"vote\":\"oui\"}"
            + " | 409 | closed | a fermé le 20 | closed at 20",
      })
  void refusesInTheLanguageOfTheVoter(
      String body, int status, String name, String french, String english) throws Exception {
    HttpResponse<String> inFrench = submit.vote(body, "Accept-Language", "fr-CA");
    HttpResponse<String> inEnglish = submit.vote(body, "Accept-Language", "en-CA, fr;q=0.5");
    for (HttpResponse<String> answer : List.of(inFrench, inEnglish)) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(submit.json(answer).get("type")).isEqualTo("urn:scrutin:problem:" + name);
    }
    assertThat(inFrench.body()).contains(french);
    assertThat(inEnglish.body()).contains(english);
  }

  @Test
  void listsEveryWrongField() throws Exception {
    HttpResponse<String> answer = submit.vote("{\"nas\":\"1\",\"vote\":false,\"extra\":\"\"}");
    List<?> errors = (List<?>) submit.member(answer, "errors");
    assertThat(errors.stream().<Object>map(error -> ((Map<?, ?>) error).get("field")))
        .containsExactly("nas", "code", "law_id", "vote", "extra");
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void refusesAnotherContentType(String type) throws Exception {
    assertThat(submit.vote(VOTE, "Content-Type", type).statusCode()).isEqualTo(415);
  }

  @Test
  void refusesABodyOfNoContentType() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(submit.uri("/api/v1/vote"))
            .POST(HttpRequest.BodyPublishers.ofString(VOTE))
            .build();
    assertThat(submit.send(request).statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({"5000", "20000", "2000000"})
  void refusesABodyOverTheSchemesLimit(int length) throws Exception {
    String body = "{\"nas\":\"" + "1".repeat(length) + "\"}";
    HttpResponse<String> answer = submit.vote(body);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(submit.json(answer).get("type")).isEqualTo("urn:scrutin:problem:too-large");
  }

  @Test
  void tellsWhatThereIsToVoteOn() throws Exception {
    HttpResponse<String> answer = submit.get("/api/v1/contests");
    Map<?, ?> first = (Map<?, ?>) ((List<?>) submit.member(answer, "contests")).getFirst();
    assertThat(first.get("law_id")).isEqualTo("open-law");
    assertThat(first.get("state")).isEqualTo("open");
    assertThat(first.get("title")).isEqualTo(Map.of("fr", "Loi d'essai", "en", "Trial law"));
    assertThat(first.get("results")).isEqualTo(Map.of("visibility", "live", "group_size", 1));
    assertThat(first.get("opens_at")).isInstanceOf(String.class);
    assertThat(answer.body()).doesNotContain("publicKey").doesNotContain("key_id");
  }

  @Test
  void followsOpeningsAndClosings() throws Exception {
    Instant now = Instant.now();
    String vote = Samples.vote(Samples.NAS, Samples.CODE, "brief-law", "oui");
    assertThat(submit.vote(vote).statusCode()).isEqualTo(404);
    announce(Samples.contest("brief-law", now.minusSeconds(60), now.plusSeconds(3600)));
    Await.until(() -> submit.vote(vote).statusCode() == 202, "the law is open");
    SubmitServer.announce(
        nats.connection(),
        nats.name(),
        new ContestClosed("brief-law", Instant.now().minusSeconds(30)));
    Await.until(() -> submit.vote(vote).statusCode() == 409, "the law is closed");
  }

  @Test
  void passesOnWhereTheRequestCameFromInATrace() throws Exception {
    String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    submit.vote(VOTE, "traceparent", traceparent);
    assertThat(new EventCodec().decode(lastMessage().getData()).traceparent())
        .isEqualTo(traceparent);
  }

  @Test
  void countsWhatItTookIn() throws Exception {
    submit.vote(VOTE);
    assertThat(submit.get("/prometheus").body())
        .containsPattern("votes_submitted_total [1-9]")
        .containsPattern("votes_per_second [0-9]")
        .containsPattern("submit_latency_seconds_count [1-9]")
        .containsPattern(
            "api_request_duration_seconds_count\\{method=\"POST\",route=\"/api/v1/vote\","
                + "status=\"202\"} [1-9]");
  }

  @Test
  void livesAndIsReady() throws Exception {
    assertThat(submit.get("/api/v1/health").statusCode()).isEqualTo(200);
    assertThat(submit.get("/health/readiness").statusCode()).isEqualTo(200);
  }

  private static String requestId(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return submit.member(answer, "request_id").toString();
  }

  private static VoteCast lastCast() throws Exception {
    return (VoteCast) new EventCodec().decode(lastMessage().getData()).fact();
  }

  private static MessageInfo lastMessage() throws Exception {
    return nats.connection()
        .jetStreamManagement()
        .getLastMessage(StreamName.CASTS.in(nats.name()), EventType.VOTE_CAST.subject(nats.name()));
  }

  private static long casts() throws Exception {
    return nats.connection()
        .jetStreamManagement()
        .getStreamInfo(StreamName.CASTS.in(nats.name()))
        .getStreamState()
        .getLastSequence();
  }
}
