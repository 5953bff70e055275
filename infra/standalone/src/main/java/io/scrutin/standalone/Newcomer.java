package io.scrutin.standalone;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One more process of a function beside a system that runs, timed from its start on. */
public final class Newcomer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What it cannot answer before all of it is there; other than for readiness, nobody waits. */
  private static final String QUESTION = "/health/readiness";

  private final FunctionProcess process;
  private final Duration firstAnswer;

  private Newcomer(FunctionProcess process, Duration firstAnswer) {
    this.process = process;
    this.firstAnswer = firstAnswer;
  }

  static Newcomer start(Launch launch, String function) throws IOException, InterruptedException {
    int port = FunctionProcess.freePort();
    long start = System.nanoTime();
    FunctionProcess process = launch.start(function + "-newcomer", function, Map.of(), port);
    try {
      awaitAnswer(process, start);
    } catch (IOException | InterruptedException failure) {
      process.close();
      throw failure;
    }
    return new Newcomer(process, Duration.ofNanos(System.nanoTime() - start));
  }

  private static void awaitAnswer(FunctionProcess process, long start)
      throws IOException, InterruptedException {
    URI question = process.url().resolve(QUESTION);
    while (!answers(question)) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException(process.name() + " did not start; see its log");
      }
      // What it takes is told to some milliseconds.
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static boolean answers(URI question) {
    try {
      HttpURLConnection asked = (HttpURLConnection) question.toURL().openConnection();
      asked.setReadTimeout((int) PATIENCE.toMillis());
      return asked.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  public Duration firstAnswer() {
    return firstAnswer;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
