package io.scrutin.standalone;

import io.scrutin.servers.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** One more process of a function beside a system that runs, timed from its start on. */
public final class Newcomer implements AutoCloseable {
  private final FunctionProcess process;
  private final Duration firstAnswer;

  private Newcomer(FunctionProcess process, Duration firstAnswer) {
    this.process = process;
    this.firstAnswer = firstAnswer;
  }

  static Newcomer start(Launch launch, String function) throws IOException, InterruptedException {
    int port = Ports.free();
    long start = System.nanoTime();
    FunctionProcess process = launch.start(function + "-newcomer", function, Map.of(), port);
    try {
      process.awaitReady();
    } catch (IOException | InterruptedException failure) {
      process.close();
      throw failure;
    }
    return new Newcomer(process, Duration.ofNanos(System.nanoTime() - start));
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
