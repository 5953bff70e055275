package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.standalone.Wakefulness.Decision;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a function that is a process of its own, or none. */
class ActivatorTest {
  private static final Duration IDLE = Duration.ofMillis(400);

  /** Longer than anything that has to happen while a function of these tests is awake. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private static final Bounds PATIENT = new Bounds(IDLE, Duration.ofSeconds(40), 1_000);

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private final UseLog log = new UseLog("napping");
  private volatile Consumer<Decision> decided = _ -> {};

  // Each test opens them, with bounds of its own.
  @SuppressWarnings("NullAway.Init")
  private Sleeper sleeper;

  @SuppressWarnings("NullAway.Init")
  private Activator activator;

  private void open(Bounds bounds) throws IOException {
    open(bounds, this::napping);
  }

  private void open(Bounds bounds, Sleeper.Starting starting) throws IOException {
    sleeper = new Sleeper(starting, bounds, log, decision -> decided.accept(decision));
    activator = Activator.open(sleeper);
  }

  private FunctionProcess napping() throws IOException {
    return FunctionProcess.start("napping", NappingFunction.command(dir), dir, Map.of());
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
    open(new Bounds(LONG, Duration.ofSeconds(40), 1_000));
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
    Await.until(() -> sleeper.requests() == 1, "the call is held");
    assertThat(isAsleep()).isFalse();
    assertThat(during).isNotDone();
    Files.delete(dir.resolve(NappingFunction.HELD));
    assertThat(during.join().statusCode()).isEqualTo(200);
    assertThat(during.join().body()).isNotEqualTo(first);
  }

  /** Somebody comes between a decision to stop and the stop: what the lock is there for. */
  @Test
  void dropsNobodyWhoComesAsItFallsAsleep() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    open(PATIENT);
    String first = call("/").join().body();
    decided =
        decision -> {
          if (decision == Decision.STOP && arrived.getCount() > 0) {
            stopping.countDown();
            await(arrived);
          }
        };
    await(stopping);
    CompletableFuture<HttpResponse<String>> between = call("/");
    // It cannot be answered while the decision stands; without the lock it would be.
    assertThatThrownBy(() -> between.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    arrived.countDown();
    assertThat(between.join().statusCode()).isEqualTo(200);
    assertThat(between.join().body()).isNotEqualTo(first);
    assertThat(activator.use().deaths()).isZero();
  }

  @Test
  void outlivesAStartThatFailsInAnyWay() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    open(
        PATIENT,
        () -> {
          if (attempts.getAndIncrement() == 0) {
            throw new IllegalStateException("nobody expects that");
          }
          return napping();
        });
    assertThat(call("/").join().statusCode()).isEqualTo(503);
    Await.until(() -> call("/").join().statusCode() == 200, "it starts again");
    assertThat(activator.use().deaths()).isEqualTo(1);
  }

  @Test
  void answersWhileNobodyReadsWhatIsSaidOfIt() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    open(PATIENT);
    log.tell(_ -> await(read));
    assertThat(call("/").join().statusCode()).isEqualTo(200);
    assertThat(activator.use().wakes()).hasSize(1);
    read.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
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
