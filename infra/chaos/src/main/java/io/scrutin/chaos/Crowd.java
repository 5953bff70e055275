package io.scrutin.chaos;

import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Voters, who come when they come, however the system is. Each asks again with the same key until
 * there is an answer.
 */
final class Crowd implements AutoCloseable {
  /** Longer than submit may hold back an attempt of a voter who has made several. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /** For whoever was told none, or nothing. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** More of them would measure this machine's memory. */
  private static final int MOST_AT_ONCE = 20_000;

  /**
   * Each is up to five open files here, since the front door and its wire to submit are this
   * process's too, and a process has often no more than 20,000. Whoever comes on top waits for
   * somebody to be answered.
   */
  private static final int MOST_CONNECTIONS = 3_000;

  private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
  private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\"\\s*:\\s*\"([^\"]*)\"");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(threads)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final Semaphore connections = new Semaphore(MOST_CONNECTIONS, true);
  private final Set<String> promised = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asking = new AtomicInteger();
  private final URI vote;
  private final Map<String, List<Credential>> rolls;
  private final Ledger ledger;
  private volatile boolean over;

  /**
   * @param rolls by law, in each the voters in the same order
   */
  Crowd(URI origin, Map<String, List<Credential>> rolls, Ledger ledger) {
    this.vote = origin.resolve("/api/v1/vote");
    this.rolls = Map.copyOf(rolls);
    this.ledger = ledger;
  }

  /** Returns when the last has come, whether they have been answered or not. */
  void arrive(List<Intent> plan) {
    long start = System.nanoTime();
    for (Intent intent : plan) {
      long due = start + intent.at().toNanos();
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      places.acquireUninterruptibly();
      ledger.sent(intent);
      asking.incrementAndGet();
      threads.execute(() -> ask(intent));
    }
  }

  /** One who comes alone. */
  void arrive(Intent intent) {
    arrive(List.of(intent));
  }

  /** How many have no answer yet. */
  int asking() {
    return asking.get();
  }

  /** Vote ids that were promised to somebody. */
  Set<String> promised() {
    return Set.copyOf(promised);
  }

  /** One answer, and when to come again if it is none for good. */
  private record Answer(Told told, Duration again) {}

  private void ask(Intent intent) {
    try {
      Answer answer = post(intent);
      while (answer.told().isOpen() && !over) {
        Thread.sleep(spread(answer.again(), intent));
        answer = post(intent);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      asking.decrementAndGet();
      places.release();
    }
  }

  /** All who were sent away together must not come back together. */
  private static Duration spread(Duration pause, Intent intent) {
    return pause.plus(pause.multipliedBy(intent.number() % 100).dividedBy(100));
  }

  private Answer post(Intent intent) throws InterruptedException {
    connections.acquire();
    try {
      return answered(intent);
    } finally {
      connections.release();
    }
  }

  private Answer answered(Intent intent) throws InterruptedException {
    long sent = System.currentTimeMillis();
    Duration again = PAUSE;
    Told told;
    try {
      HttpResponse<String> response =
          http.sendAsync(request(intent), BodyHandlers.ofString())
              .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .get();
      again = response.headers().firstValue("Retry-After").map(Crowd::seconds).orElse(PAUSE);
      Matcher id = REQUEST_ID.matcher(response.body());
      told =
          new Told(
              intent.number(),
              sent,
              System.currentTimeMillis(),
              response.statusCode(),
              id.find() ? id.group(1) : "");
    } catch (ExecutionException noAnswer) {
      LOG.info("intent {} has no answer", intent.number(), noAnswer.getCause());
      told = new Told(intent.number(), sent, System.currentTimeMillis(), Told.NO_ANSWER, "");
    }
    ledger.told(told);
    if (told.isPromise()) {
      promised.add(told.requestId());
    }
    return new Answer(told, again);
  }

  private static Duration seconds(String retryAfter) {
    return Duration.ofSeconds(Long.parseLong(retryAfter));
  }

  private HttpRequest request(Intent intent) {
    Credential voter = rolls.getOrDefault(intent.lawId(), List.of()).get(intent.voter());
    String body = voter.vote(intent.lawId(), intent.choice());
    return HttpRequest.newBuilder(vote)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", intent.key())
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Whoever has no answer now gives up. */
  @Override
  public void close() throws IOException {
    over = true;
    threads.shutdownNow();
    http.shutdownNow();
    ledger.close();
  }
}
