package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.standalone.Sleeper.Bounds;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a function that is a process of its own, or none. */
class ActivatorTest {
  private static final Duration IDLE = Duration.ofMillis(400);
  private static final Bounds PATIENT = new Bounds(IDLE, Duration.ofSeconds(40), 1_000);

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private Activator activator;

  private void open(Bounds bounds) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            NappingFunction.class.getName(),
            dir.toString());
    Sleeper.Starting starting = () -> FunctionProcess.start("napping", command, dir, Map.of());
    activator = Activator.open(new Sleeper(starting, bounds, new UseLog("napping")));
  }

  @AfterEach
  void close() throws IOException {
    Files.deleteIfExists(dir.resolve(NappingFunction.HELD));
    activator.close();
    http.shutdownNow();
  }

  private CompletableFuture<HttpResponse<String>> call(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(activator.url().resolve(path))
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofString("[]"))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  private int lines(String file) throws IOException {
    Path path = dir.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path).size() : 0;
  }

  private boolean isAsleep() {
    return activator.use().asleep();
  }

  @Test
  void wakesItsFunctionOnceForAllWhoCall() throws Exception {
    open(PATIENT);
    assertThat(isAsleep()).isTrue();
    List<CompletableFuture<HttpResponse<String>>> calls =
        IntStream.range(0, 50).mapToObj(_ -> call("/events")).toList();
    for (CompletableFuture<HttpResponse<String>> call : calls) {
      assertThat(call.join().statusCode()).isEqualTo(200);
      assertThat(call.join().headers().firstValue("X-Body")).contains("2");
    }
    assertThat(calls.stream().map(call -> call.join().body()).distinct()).hasSize(1);
    Await.until(this::isAsleep, "it sleeps again");
    assertThat(lines(NappingFunction.STARTS)).isEqualTo(1);
    assertThat(activator.use().wakes()).hasSize(1);
    assertThat(activator.use().answers().getFirst())
        .isGreaterThan(activator.use().wakes().getFirst());
    assertThat(activator.use().cpu()).isPositive();
  }

  @Test
  void staysAwakeWhileAStreamIsRead() throws Exception {
    open(PATIENT);
    assertThat(call("/stream").join().body()).startsWith("0\n1\n").endsWith("19\n");
    assertThat(lines(NappingFunction.STARTS)).isEqualTo(1);
  }

  @Test
  void keepsWhoComesDuringTheDrainForTheNextProcess() throws Exception {
    open(PATIENT);
    String first = call("/").join().body();
    Files.createFile(dir.resolve(NappingFunction.HELD));
    Await.until(() -> lines(NappingFunction.STOPS) == 1, "it drains");
    CompletableFuture<HttpResponse<String>> during = call("/");
    assertThat(isAsleep()).isFalse();
    Files.delete(dir.resolve(NappingFunction.HELD));
    assertThat(during.join().statusCode()).isEqualTo(200);
    assertThat(during.join().body()).isNotEqualTo(first);
  }

  @Test
  void dropsNobodyWhoComesAsItFallsAsleep() throws Exception {
    open(PATIENT);
    Random random = new Random(7);
    for (int i = 0; i < 4; i++) {
      assertThat(call("/").join().statusCode()).isEqualTo(200);
      Thread.sleep(IDLE.toMillis() - 10 + random.nextInt(20));
    }
  }

  @Test
  void saysLaterWhenItsFunctionCannotStart() throws Exception {
    open(PATIENT);
    Files.createFile(dir.resolve(NappingFunction.BROKEN));
    HttpResponse<String> refused = call("/").join();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    Files.delete(dir.resolve(NappingFunction.BROKEN));
    Await.until(() -> call("/").join().statusCode() == 200, "it starts again");
    assertThat(activator.use().deaths()).isPositive();
  }

  @Test
  void startsItAgainWhenItDiedAtWork() throws Exception {
    open(PATIENT);
    call("/").join();
    assertThat(call("/die").join().statusCode()).isEqualTo(502);
    Await.until(() -> call("/").join().statusCode() == 200, "it starts again");
    assertThat(activator.use().deaths()).isEqualTo(1);
  }

  /** Half a batch of answers, taken for all of it, would be held against the events. */
  @Test
  void passesNoHalfAnswerOffAsAWholeOne() throws Exception {
    open(PATIENT);
    assertThatThrownBy(() -> call("/half").join()).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void holdsNoMoreThanItMayAndNoLongerThanItMay() throws Exception {
    open(new Bounds(IDLE, Duration.ofSeconds(3), 2));
    Files.createFile(dir.resolve(NappingFunction.HELD));
    CompletableFuture<HttpResponse<String>> first = call("/");
    CompletableFuture<HttpResponse<String>> second = call("/");
    CompletableFuture<HttpResponse<String>> third = call("/");
    CompletableFuture.anyOf(first, second, third).join();
    assertThat(List.of(first, second, third)).filteredOn(CompletableFuture::isDone).hasSize(1);
    for (CompletableFuture<HttpResponse<String>> call : List.of(first, second, third)) {
      assertThat(call.join().statusCode()).isEqualTo(503);
      assertThat(call.join().headers().firstValue("Retry-After")).isPresent();
    }
    Files.delete(dir.resolve(NappingFunction.HELD));
    Await.until(() -> call("/").join().statusCode() == 200, "it is awake, and somebody may come");
  }
}
