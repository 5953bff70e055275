package io.scrutin.results;

import static io.scrutin.results.Laws.contest;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestRedis;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Results as they go out, from a real Postgres and Redis, read as the restricted role. */
class ResultsPagesTest {
  private static final Instant LATER =
      Instant.now().plusSeconds(86_400).truncatedTo(ChronoUnit.SECONDS);

  private static ResultsServer results;
  private static RedisClient redisClient;
  private static RedisCommands<String, String> redis;

  @BeforeAll
  static void start() throws SQLException {
    results = new ResultsServer(Map.of());
    redisClient = RedisClient.create(TestRedis.url());
    redis = redisClient.connect().sync();
    results.open(contest("law-live", Visibility.LIVE, LATER));
    results.laws.count("law-live", "oui", 4);
    results.laws.count("law-live", "non", 3);
    results.open(contest("law-secret", Visibility.AT_CLOSE, LATER));
    results.laws.count("law-secret", "oui", 987_654);
  }

  @AfterAll
  static void stop() {
    redisClient.shutdown();
    results.close();
  }

  private static String path(String law) {
    return "/api/v1/results/" + law;
  }

  private static String key(String law) {
    return results.environment + ":results:{" + law + "}";
  }

  @Test
  void showsALiveTally() throws Exception {
    HttpResponse<String> response = results.get(path("law-live"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"law_id\":\"law-live\",\"policy\":\"live\",\"visible\":true,\"final\":false,"
                + "\"total\":7,\"counts\":["
                + "{\"choice\":\"oui\",\"votes\":4,\"label\":{\"fr\":\"Oui\",\"en\":\"Yes\"}},"
                + "{\"choice\":\"non\",\"votes\":3,\"label\":{\"fr\":\"Non\",\"en\":\"No\"}}],"
                + "\"updated_at\":\"2026-06-01T09:00:00Z\"}");
    assertThat(response.headers().firstValue("Cache-Control")).contains("public, max-age=1");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void saysThatNothingChanged() throws Exception {
    String tag = results.get(path("law-live")).headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> response =
        results.client.send(
            results.request(path("law-live")).header("If-None-Match", tag).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("ETag")).contains(tag);
  }

  @Test
  void showsNothingBeforeClosingNeitherToReadersNorInRedisNorInItsMetrics() throws Exception {
    HttpResponse<String> response = results.get(path("law-secret"));
    assertThat(response.body())
        .isEqualTo(
            "{\"law_id\":\"law-secret\",\"policy\":\"at-close\",\"visible\":false,\"final\":false,"
                + "\"withheld_until\":\"%s\"}".formatted(LATER));
    Await.until(
        () -> {
          results.get(path("law-secret"));
          return response.body().equals(redis.get(key("law-secret")));
        },
        "the results are in Redis as they went out");
    assertThat(results.get("/prometheus").body()).doesNotContain("law_id=\"law-secret\"");
  }

  @Test
  void keepsInRedisForASecondWhatItPublished() throws Exception {
    Await.until(
        () -> {
          results.get(path("law-live"));
          return redis.pttl(key("law-live")) > 0;
        },
        "the results are in Redis");
    assertThat(redis.pttl(key("law-live"))).isLessThanOrEqualTo(1000);
  }

  @Test
  void takesFromRedisWhatAnotherInstancePublished() throws Exception {
    results.open(contest("law-shared", Visibility.LIVE, LATER));
    Await.until(
        () -> {
          results.get(path("law-shared"));
          return redis.exists(key("law-shared")) == 1;
        },
        "Redis is in use again after what other tests did to it");
    String published = results.get(path("law-shared")).body();
    redis.set(key("law-shared"), published.replace("\"total\":0", "\"total\":5"));
    Await.until(
        () -> results.get(path("law-shared")).body().contains("\"total\":5"),
        "what the other instance published is passed on");
    redis.set(key("law-shared"), "not ours");
    Await.until(
        () -> results.get(path("law-shared")).body().contains("\"total\":0"),
        "Postgres is asked when Redis holds something else");
  }

  @Test
  void followsTheTally() throws Exception {
    results.open(contest("law-moving", Visibility.LIVE, LATER));
    assertThat(results.get(path("law-moving")).body()).contains("\"total\":0");
    results.laws.count("law-moving", "oui", 12);
    Await.until(
        () -> results.get(path("law-moving")).body().contains("\"total\":12"),
        "the new count is shown");
    Await.until(
        () ->
            results
                .get("/prometheus")
                .body()
                .contains("votes_by_law{choice=\"oui\",law_id=\"law-moving\"} 12.0"),
        "the new count is in the metrics");
  }

  @Test
  void knowsNoLawWithoutAContest() throws Exception {
    for (String path : new String[] {path("no-such-law"), path("no-such-law") + "/stream"}) {
      HttpResponse<String> response = results.get(path);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      assertThat(response.body()).contains("urn:scrutin:problem:unknown-law");
    }
  }

  @Test
  void needsNoRedis() throws Exception {
    results.open(contest("law-without-redis", Visibility.LIVE, LATER));
    results.redis.cut();
    try {
      results.laws.count("law-without-redis", "oui", 6);
      Await.until(
          () -> results.get(path("law-without-redis")).body().contains("\"total\":6"),
          "Postgres is read without Redis");
    } finally {
      results.redis.heal();
    }
  }

  @Test
  void saysWhatItKnewLastWhilePostgresIsAway() throws Exception {
    results.laws.count("law-stale", "oui", 8);
    results.open(contest("law-stale", Visibility.LIVE, LATER));
    assertThat(results.get(path("law-stale")).body()).contains("\"total\":8");
    results.postgres.cut();
    try {
      Await.until(
          () -> results.get(path("law-stale")).body().contains("\"total\":8,"),
          "the last known is shown");
      Await.until(
          () -> results.get(path("law-stale")).body().contains("\"stale\":true"),
          "and called stale");
      assertThat(redis.get(key("law-stale"))).isNull();
    } finally {
      results.postgres.heal();
    }
    Await.until(
        () -> !results.get(path("law-stale")).body().contains("\"stale\""), "it is fresh again");
  }

  @Test
  void saysLaterOfALawThatItNeverReadWhilePostgresIsAway() throws Exception {
    results.postgres.cut();
    try {
      Await.until(
          () -> results.get(path("law-never-read")).statusCode() == 503,
          "what Postgres alone could tell is put off");
      HttpResponse<String> response = results.get(path("law-never-read"));
      assertThat(response.headers().firstValue("Retry-After")).contains("2");
      assertThat(response.body()).contains("urn:scrutin:problem:results-away");
    } finally {
      results.postgres.heal();
    }
    // The pool pauses between two attempts to connect; the tests after this one need it.
    Await.until(
        () -> results.get(path("law-never-read")).statusCode() == 404, "Postgres is found again");
  }
}
