package io.scrutin.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.Decoded;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepEndpointTest {
  private static final EventCodec CODEC = new EventCodec();
  private static EmbeddedServer server;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    server =
        ApplicationContext.run(
            EmbeddedServer.class, Map.of("echo", true, "micronaut.server.port", -1));
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  @BeforeEach
  void nothingFails() {
    EchoStep.sqlState = "";
  }

  private static Event asked(int number) {
    byte[] id = new byte[VoteId.LENGTH_BYTES];
    id[0] = (byte) number;
    return Event.first(new OutcomeAsked(VoteId.of(id)), "test", Instant.now(), null);
  }

  private static HttpResponse<byte[]> post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.getURI().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return http.send(request.headers(headers).build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> postBatch(List<Event> batch)
      throws IOException, InterruptedException {
    return post(
        "/events/echo",
        CODEC.encodeBatch(batch),
        "Content-Type",
        EventCodec.BATCH,
        "Accept",
        EventCodec.BATCH);
  }

  @Test
  void answersEachEventOfABatch() throws Exception {
    HttpResponse<byte[]> response = postBatch(List.of(asked(1), asked(2)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(CODEC.decodeBatch(response.body()))
        .extracting(decoded -> ((Decoded.Readable) decoded).event().causationId())
        .containsExactly(asked(1).id(), asked(2).id());
  }

  @Test
  void answersAnEmptyBatchSoThatItCanBeWoken() throws Exception {
    HttpResponse<byte[]> response = postBatch(List.of());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(CODEC.decodeBatch(response.body())).isEmpty();
  }

  @Test
  void answersAStructuredEventWithOne() throws Exception {
    HttpResponse<byte[]> response =
        post(
            "/events/echo",
            CODEC.encode(asked(3)),
            "Content-Type",
            EventCodec.STRUCTURED + "; charset=utf-8");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(CODEC.decode(response.body()).fact()).isInstanceOf(OutcomeTold.class);
  }

  /** As a PingSource of Knative posts it. */
  private static HttpResponse<byte[]> ping(String data, String... headers) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("ce-specversion", "1.0", "ce-id", "1", "ce-type", "dev.knative.sources.ping"));
    all.addAll(List.of("ce-source", "/apis/v1/namespaces/scrutin/pingsources/heartbeat"));
    all.addAll(List.of(headers));
    return post("/events/echo", data.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
  }

  @Test
  void takesThePingOfAKnativePingSource() throws Exception {
    assertThat(ping("{}", "Content-Type", "application/json").statusCode()).isEqualTo(204);
  }

  @Test
  void takesAPingThatSaysNothing() throws Exception {
    assertThat(ping("").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {EventCodec.BATCH, EventCodec.STRUCTURED, "application/json", "nonsense"})
  void neverAnswersFourHundredToABodyThatIsNone(String contentType) throws Exception {
    assertThat(post("/events/echo", new byte[0], "Content-Type", contentType).statusCode())
        .isEqualTo(500);
  }

  @Test
  void says503WhenADependencyIsAwayAnd500WhenAnEventBreaksIt() throws Exception {
    EchoStep.sqlState = "08006";
    assertThat(postBatch(List.of(asked(1))).statusCode()).isEqualTo(503);
    EchoStep.sqlState = "22001";
    assertThat(postBatch(List.of(asked(1))).statusCode()).isEqualTo(500);
  }

  @Test
  void neverAnswersAnEventWith4xx() throws Exception {
    byte[] cut = {'{', '"'};
    for (String type : List.of(EventCodec.BATCH, EventCodec.STRUCTURED, "application/json")) {
      assertThat(post("/events/echo", cut, "Content-Type", type).statusCode()).isEqualTo(500);
    }
  }
}
