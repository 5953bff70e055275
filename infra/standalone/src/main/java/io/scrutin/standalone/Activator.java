package io.scrutin.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Where a function that may sleep is called, whether or not there is a process of it: what Knative
 * has an activator of the same name for. A held request is not read before it can be passed on, so
 * that it costs no more than its connection.
 */
final class Activator implements AutoCloseable {
  /** A batch for a step is the largest body there is. */
  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  /** As many as may be held at once by anybody; a connection that waits here is not refused. */
  private static final int BACKLOG = 1_000;

  /** Longer than the longest that a step or submit takes, with a start before it. */
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  private final HttpServer server;
  private final ExecutorService threads;
  private final Forwarding forwarding;
  private final Sleeper sleeper;

  private Activator(
      HttpServer server, ExecutorService threads, Forwarding forwarding, Sleeper sleeper) {
    this.server = server;
    this.threads = threads;
    this.forwarding = forwarding;
    this.sleeper = sleeper;
  }

  static Activator open(Sleeper sleeper) throws IOException {
    HttpServer server = LoopbackHttp.create(0, BACKLOG);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Activator activator =
        new Activator(server, threads, new Forwarding(threads, MAX_BODY_BYTES, PATIENCE), sleeper);
    server.setExecutor(threads);
    server.createContext("/", activator::answer);
    server.start();
    return activator;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  FunctionUse use() {
    return sleeper.use();
  }

  private void answer(HttpExchange exchange) throws IOException {
    long asked = System.nanoTime();
    try {
      switch (sleeper.enter()) {
        case Admission.Enter enter -> {
          boolean answered = passOn(exchange, enter.function());
          if (answered && enter.waked()) {
            sleeper.answered(Duration.ofNanos(System.nanoTime() - asked));
          }
        }
        case Admission.Later later -> Forwarding.later(exchange, later.after());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      Forwarding.later(exchange, Duration.ofSeconds(1));
    }
    exchange.close();
  }

  private boolean passOn(HttpExchange exchange, URI function) throws IOException {
    boolean answered = false;
    try {
      answered = forwarding.pass(exchange, function);
    } finally {
      sleeper.leave(answered);
    }
    return answered;
  }

  @Override
  public void close() {
    server.stop(0);
    sleeper.close();
    forwarding.close();
    threads.shutdownNow();
  }
}
