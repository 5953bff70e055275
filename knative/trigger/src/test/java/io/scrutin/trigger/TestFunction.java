package io.scrutin.trigger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.Decoded;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.step.Reply;
import io.scrutin.step.Step;
import io.scrutin.step.StepRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A step behind HTTP, on a server that can be told to be unwell. */
final class TestFunction implements AutoCloseable {
  private static final int WELL = 0;

  private final StepRunner runner;
  private final int port;
  private HttpServer server;
  private volatile int status = WELL;
  private volatile byte[] body = new byte[0];
  private final AtomicInteger emptyBatches = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  TestFunction(Step step) throws IOException {
    this.runner = new StepRunner(step, Clock.systemUTC());
    this.server = listening(0);
    this.port = server.getAddress().getPort();
  }

  private HttpServer listening(int wanted) throws IOException {
    HttpServer created =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 50);
    created.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    created.createContext("/events", this::take);
    created.start();
    return created;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/events");
  }

  /** Answers with this and nothing else, whatever it is asked. */
  void alwaysAnswer(int always, byte[] content) {
    body = content;
    status = always;
  }

  void beWell() {
    status = WELL;
  }

  /** From now on connections are refused. */
  void stop() {
    server.stop(0);
  }

  void startAgain() throws IOException {
    server = listening(port);
  }

  int emptyBatches() {
    return emptyBatches.get();
  }

  int requests() {
    return requests.get();
  }

  private void take(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      byte[] asked = exchange.getRequestBody().readAllBytes();
      if (status != WELL) {
        answer(exchange, status, body);
        return;
      }
      List<Event> batch = batch(asked);
      if (batch.isEmpty()) {
        emptyBatches.incrementAndGet();
      }
      switch (runner.run(batch)) {
        case Reply.Answers answers ->
            answer(exchange, 200, TestTrigger.CODEC.encodeBatch(answers.events()));
        case Reply.Away _ -> answer(exchange, 503, new byte[0]);
        case Reply.Broken _ -> answer(exchange, 500, new byte[0]);
      }
    }
  }

  private static List<Event> batch(byte[] json) throws IOException {
    List<Event> batch = new ArrayList<>();
    try {
      for (Decoded decoded : TestTrigger.CODEC.decodeBatch(json)) {
        batch.add(((Decoded.Readable) decoded).event());
      }
    } catch (MalformedEvent malformed) {
      throw new IOException(malformed);
    }
    return batch;
  }

  private static void answer(HttpExchange exchange, int code, byte[] content) throws IOException {
    exchange.getResponseHeaders().add("content-type", EventCodec.BATCH);
    exchange.sendResponseHeaders(code, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
