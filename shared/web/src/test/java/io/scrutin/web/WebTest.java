package io.scrutin.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class WebTest {
  @Serdeable
  record Sample(String name, int size) {}

  @Controller("/api/v1/sample")
  @Requires(property = "test.web")
  static final class SampleController {
    @Post
    Sample echo(@Body Sample sample) {
      return sample;
    }

    @Get("/{id}")
    String one(String id, @QueryValue int count) {
      return id + count;
    }

    @Get("/broken")
    @SuppressWarnings("DoNotCallSuggester") // called over HTTP
    String broken() {
      throw new IllegalStateException("the cause");
    }
  }

  private static EmbeddedServer server;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "test.web",
                true,
                "micronaut.server.port",
                -1,
                "micronaut.server.max-request-size",
                2048));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"size\":1,\"more\":2} | more | unknown",
        "{\"name\":\"a\",\"size\":\"many\"} | size | wrong-type",
      })
  void namesTheWrongFieldOfAnyBody(String body, String field, String code) throws Exception {
    HttpResponse<String> answer = post(body, "application/json", "en");
    assertProblem(answer, 400, "invalid-fields");
    assertThat(answer.body())
        .contains("\"field\":\"" + field + "\"")
        .contains("\"code\":\"" + code + "\"");
  }

  @Test
  void refusesMalformedJson() throws Exception {
    assertProblem(post("{\"name\":", "application/json", "en"), 400, "malformed-json");
  }

  @Test
  void refusesAMissingBody() throws Exception {
    assertProblem(post("", "application/json", "en"), 400, "missing-body");
  }

  @Test
  void refusesAnotherContentType() throws Exception {
    assertProblem(post("name=a", "text/plain", "en"), 415, "unsupported-media-type");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    String large = "{\"name\":\"" + "a".repeat(4000) + "\",\"size\":1}";
    assertProblem(post(large, "application/json", "en"), 413, "too-large");
  }

  @Test
  void answersAnUnknownPath() throws Exception {
    assertProblem(get("/nothing/here", "en"), 404, "not-found");
  }

  @Test
  void answersAnUnknownMethodAndListsTheKnownOnes() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/api/v1/sample", "en").DELETE().build(), HttpResponse.BodyHandlers.ofString());
    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @Test
  void namesAMissingParameter() throws Exception {
    HttpResponse<String> answer = get("/api/v1/sample/7", "en");
    assertProblem(answer, 400, "invalid-fields");
    assertThat(answer.body()).contains("\"field\":\"count\"");
  }

  @Test
  void namesAParameterOfTheWrongType() throws Exception {
    HttpResponse<String> answer = get("/api/v1/sample/7?count=x", "en");
    assertProblem(answer, 400, "invalid-fields");
    assertThat(answer.body()).contains("\"field\":\"count\"").contains("wrong-type");
  }

  @Test
  void answersInTheLanguageAskedFor() throws Exception {
    HttpResponse<String> french = get("/nothing", "fr-CA, en;q=0.8");
    HttpResponse<String> english = get("/nothing", "en-CA, fr;q=0.8");
    assertThat(french.body()).contains("Introuvable");
    assertThat(french.headers().firstValue("Content-Language")).hasValue("fr");
    assertThat(english.body()).contains("Not found");
    assertThat(english.headers().firstValue("Content-Language")).hasValue("en");
  }

  @Test
  void logsAFailureOnceUnderTheReferenceItAnswers() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("ROOT");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      HttpResponse<String> answer = get("/api/v1/sample/broken?secret=046454286", "en");
      assertProblem(answer, 500, "failed");
      Map<?, ?> problem = parsed(answer);
      assertThat(answer.body()).doesNotContain("the cause");
      assertThat(log.list)
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.getFormattedMessage())
                    .contains((String) problem.get("reference"))
                    .doesNotContain("046454286");
                assertThat(entry.getThrowableProxy().getMessage()).isEqualTo("the cause");
              });
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  void tellsThatItLivesAndThatItIsReady() throws Exception {
    assertThat(get("/api/v1/health", "en").body()).isEqualTo("{\"status\":\"UP\"}");
    HttpResponse<String> ready = get("/health/readiness", "en");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("\"UP\"");
  }

  @Test
  void timesRequestsByRouteNotByPath() throws Exception {
    get("/api/v1/sample/secret-path?count=1", "en");
    get("/api/v1/no-such-route", "en");
    String metrics = get("/prometheus", "en").body();
    assertThat(metrics)
        .contains("api_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/sample/{id}\"")
        .contains("route=\"none\"")
        .doesNotContain("secret-path")
        .doesNotContain("no-such-route");
  }

  @Test
  void keepsBrowsersFromCachingAndGuessing() throws Exception {
    HttpResponse<String> answer = get("/api/v1/health", "en");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
  }

  @Test
  void showsNoOtherManagementEndpoint() throws Exception {
    for (String path :
        new String[] {"/env", "/beans", "/loggers", "/routes", "/metrics", "/info"}) {
      assertProblem(get(path, "en"), 404, "not-found");
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String name)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().map().get("Content-Type")).hasSize(1);
    Map<?, ?> problem = parsed(answer);
    assertThat(problem.get("type")).isEqualTo(Problem.TYPE_PREFIX + name);
    assertThat(problem.get("status")).isEqualTo(status);
    assertThat(problem.get("title")).isInstanceOf(String.class);
  }

  private static Map<?, ?> parsed(HttpResponse<String> answer) throws IOException {
    return server
        .getApplicationContext()
        .getBean(JsonMapper.class)
        .readValue(answer.body(), Map.class);
  }

  private static HttpResponse<String> post(String body, String type, String language)
      throws Exception {
    return client.send(
        request("/api/v1/sample", language)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path, String language) throws Exception {
    return client.send(request(path, language).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String language) {
    return HttpRequest.newBuilder(URI.create(server.getURI() + path))
        .header("Accept-Language", language);
  }
}
