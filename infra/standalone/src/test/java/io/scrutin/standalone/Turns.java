package io.scrutin.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Each request to the next replica, whatever state that is in: what a Service of a cluster does.
 */
final class Turns implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  /** Longer than a trigger waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  private final List<Integer> replicas;
  private final AtomicInteger next = new AtomicInteger();
  private final HttpServer server;
  private final Forwarding forwarding;

  private Turns(List<Integer> replicas, HttpServer server, Forwarding forwarding) {
    this.replicas = new CopyOnWriteArrayList<>(replicas);
    this.server = server;
    this.forwarding = forwarding;
  }

  static Turns among(List<Integer> ports) {
    try {
      HttpServer server = LoopbackHttp.create(0, 0);
      var threads = Executors.newVirtualThreadPerTaskExecutor();
      Turns turns = new Turns(ports, server, new Forwarding(threads, MAX_BODY_BYTES, PATIENCE));
      server.setExecutor(threads);
      server.createContext("/", turns::answer);
      server.start();
      return turns;
    } catch (IOException noPort) {
      throw new IllegalStateException(noPort);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  void takeIn(int port) {
    replicas.add(port);
  }

  void leaveOut(int port) {
    replicas.remove((Integer) port);
  }

  private void answer(HttpExchange exchange) throws IOException {
    int turn = Math.floorMod(next.getAndIncrement(), replicas.size());
    forwarding.pass(exchange, URI.create("http://127.0.0.1:" + replicas.get(turn)));
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    forwarding.close();
  }
}
