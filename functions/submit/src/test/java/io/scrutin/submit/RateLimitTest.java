package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.ContestOpened;
import io.scrutin.testing.TestNats;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final String VOTE = Samples.vote(Samples.NAS, Samples.CODE, "open-law", "oui");
  private static TestNats.Environment nats;

  @BeforeAll
  static void open() throws Exception {
    nats = TestNats.freshEnvironment();
    Instant now = Instant.now();
    SubmitServer.announce(
        nats.connection(),
        nats.name(),
        new ContestOpened(
            Samples.contest("open-law", now.minusSeconds(60), now.plusSeconds(3600))));
  }

  @AfterAll
  static void close() {
    nats.close();
  }

  @Test
  void answers429OverTheRateOfTheInstance() throws Exception {
    try (SubmitServer submit =
        SubmitServer.start(nats.url(), nats.name(), Map.of("submit.requests-per-second", 1))) {
      List<HttpResponse<String>> answers =
          Stream.generate(() -> submit.voteLater(VOTE)).limit(10).toList().stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(answers).extracting(HttpResponse::statusCode).contains(202, 429);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() == 429)
          .allSatisfy(
              answer -> {
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
                assertThat(submit.json(answer).get("type"))
                    .isEqualTo("urn:scrutin:problem:too-many-requests");
              });
    }
  }

  @Test
  void answers429OverTheRateOfAnAddressBehindATrustedProxy() throws Exception {
    Map<String, Object> settings =
        Map.of(
            "submit.requests-per-address-per-second", 1, "submit.trusted-proxies", "127.0.0.0/8");
    try (SubmitServer submit = SubmitServer.start(nats.url(), nats.name(), settings)) {
      assertThat(submit.vote(VOTE, "X-Forwarded-For", "203.0.113.9").statusCode()).isEqualTo(202);
      assertThat(submit.vote(VOTE, "X-Forwarded-For", "203.0.113.9").statusCode()).isEqualTo(429);
      assertThat(submit.vote(VOTE, "X-Forwarded-For", "203.0.113.10").statusCode()).isEqualTo(202);
    }
  }

  @Test
  void holdsBackAttemptsWithOneNasButTakesThem() throws Exception {
    Map<String, Object> settings =
        Map.of(
            "submit.attempts-per-credential", 1,
            "submit.attempts-per-credential-per-minute", 1,
            "submit.attempt-delay", "1s");
    try (SubmitServer submit = SubmitServer.start(nats.url(), nats.name(), settings)) {
      assertThat(submit.vote(VOTE).statusCode()).isEqualTo(202);
      long before = System.nanoTime();
      assertThat(submit.vote(VOTE).statusCode()).isEqualTo(202);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void refusesToStartWithASettingThatNobodyReads() {
    assertThatThrownBy(
            () ->
                SubmitServer.start(
                    nats.url(), nats.name(), Map.of("submit.request-per-second", 1000)))
        .rootCause()
        .hasMessageContaining("submit.request-per-second is no setting of submit");
  }
}
