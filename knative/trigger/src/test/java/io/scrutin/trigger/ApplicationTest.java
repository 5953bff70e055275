package io.scrutin.trigger;

import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrutin.broker.StreamSizes;
import io.scrutin.broker.Streams;
import io.scrutin.event.EventType;
import io.scrutin.step.Step;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The trigger in a Micronaut context, as its own application and as part of another. */
class ApplicationTest {
  private static final String VERIFY = "trigger.bindings.verify.";

  /** A function that lives in the same process, as in standalone. */
  @Factory
  @Requires(property = "test.step")
  static final class Steps {
    @Singleton
    Step verify() {
      return TestStep.verifying();
    }
  }

  private final TestNats.Environment nats = TestNats.freshEnvironment();

  @AfterEach
  void close() {
    nats.close();
  }

  private EmbeddedServer start(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.port", -1);
    properties.put("scrutin.environment", nats.name());
    properties.put("scrutin.nats-url", nats.url());
    properties.put(VERIFY + "kind", "STREAM");
    properties.put(VERIFY + "type", EventType.VOTE_CAST.type());
    properties.put(VERIFY + "function", "verify");
    properties.put("trigger.sample-every", "50ms");
    properties.putAll(more);
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .environments("trigger")
        .properties(properties)
        .start()
        .getBean(EmbeddedServer.class)
        .start();
  }

  private static HttpResponse<String> get(EmbeddedServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI url = server.getURI().resolve(path);
      return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void callsTheStepsOfItsProcess() throws Exception {
    try (EmbeddedServer server = start(Map.of("test.step", true));
        ApplicationContext _ = server.getApplicationContext()) {
      publish(nats, Casts.casts(0, 10));
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
      assertThat(kept(nats, EventType.VOTE_VERIFIED)).hasSize(10);
      Await.until(
          () -> get(server, "/stats").body().contains("\"delivered\":10"), "the stats know");
      assertThat(get(server, "/stats").body())
          .contains("\"name\":\"verify\"", "\"published\":10", "\"parked\":0");
      assertThat(get(server, "/prometheus").body())
          .contains("trigger_delivered_total{binding=\"verify\"} 10.0")
          .contains("nats_consumer_pending{consumer=\"verify\"} 0.0");
    }
  }

  @Test
  void callsFunctionsBehindTheirUrls() throws Exception {
    try (TestFunction function = new TestFunction(TestStep.verifying());
        EmbeddedServer server = start(Map.of(VERIFY + "url", function.url().toString()));
        ApplicationContext _ = server.getApplicationContext()) {
      publish(nats, Casts.casts(0, 10));
      Await.until(() -> kept(nats, EventType.VOTE_VERIFIED).size() == 10, "verified");
    }
  }

  @Test
  void isReadyWhileItIsConnected() throws Exception {
    try (EmbeddedServer server = start(Map.of("test.step", true));
        ApplicationContext _ = server.getApplicationContext()) {
      Await.until(() -> get(server, "/health/readiness").statusCode() == 200, "ready");
    }
    try (EmbeddedServer server =
            start(Map.of("test.step", true, "scrutin.nats-url", "nats://127.0.0.1:1"));
        ApplicationContext _ = server.getApplicationContext()) {
      assertThat(get(server, "/health/readiness").statusCode()).isEqualTo(503);
      assertThat(get(server, "/health/liveness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void startsBeforeItsStreamsDo() throws Exception {
    String environment = nats.name() + "-later";
    try (EmbeddedServer server =
            start(Map.of("test.step", true, "scrutin.environment", environment));
        ApplicationContext _ = server.getApplicationContext()) {
      Streams.declare(nats.connection(), environment, new StreamSizes(1 << 24, 1 << 24, 1));
      var later = new TestNats.Environment(environment, nats.url(), nats.connection());
      publish(later, Casts.casts(0, 1));
      Await.until(() -> kept(later, EventType.VOTE_VERIFIED).size() == 1, "verified");
    }
  }

  @Test
  void refusesASettingThatNobodyReads() {
    assertThatThrownBy(() -> start(Map.of("test.step", true, "trigger.ack-wiat", "5s")))
        .rootCause()
        .hasMessageContaining("trigger.ack-wiat");
    assertThatThrownBy(() -> start(Map.of("test.step", true, VERIFY + "bacth", 5)))
        .rootCause()
        .hasMessageContaining(VERIFY + "bacth");
  }

  @Test
  void refusesTwoThatSayWhatRuns() {
    assertThatThrownBy(() -> start(Map.of("test.step", true, "trigger.discovery.enabled", true)))
        .rootCause()
        .hasMessageContaining("one of them says what runs");
    assertThatThrownBy(() -> start(Map.of("test.step", true, "trigger.discovery.resnyc", "1m")))
        .rootCause()
        .hasMessageContaining("trigger.discovery.resnyc");
  }

  @Test
  void refusesABindingToAFunctionThatIsNowhere() {
    assertThatThrownBy(() -> start(Map.of()))
        .hasMessageContaining("verify has no url and is not in this process");
  }

  @Test
  void finishesItsBatchesWhenTheContextCloses() throws Exception {
    publish(nats, Casts.casts(0, 1_000));
    EmbeddedServer server = start(Map.of("test.step", true));
    Await.until(() -> !kept(nats, EventType.VOTE_VERIFIED).isEmpty(), "it is at work");
    server.getApplicationContext().close();
    TestStep rest = TestStep.verifying();
    try (TestTrigger _ = new TestTrigger(nats, TestTrigger.PATIENT, rest).with(verify())) {
      Await.until(() -> isAllAcked(nats, "verify"), "acked, long before the ack wait");
    }
    // Asked about once: neither lost in its hand nor done again.
    assertThat(kept(nats, EventType.VOTE_VERIFIED)).hasSize(1_000);
  }
}
