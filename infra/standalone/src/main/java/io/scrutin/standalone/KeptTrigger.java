package io.scrutin.standalone;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trigger, which is always there: when its process dies another takes its place and its port,
 * as in a Deployment. Without it no event would wake anybody, and nothing would say why.
 */
final class KeptTrigger implements AutoCloseable {
  /** How a process of it is started. */
  interface Starting {
    FunctionProcess start(int port) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(KeptTrigger.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Starting starting;
  private final int port;
  private final Thread keeper;
  private volatile FunctionProcess process;
  private volatile Consumer<String> listener = _ -> {};
  private volatile int deaths;
  private boolean closed;

  private KeptTrigger(Starting starting, int port) throws IOException {
    this.starting = starting;
    this.port = port;
    this.process = starting.start(port);
    this.keeper = Thread.ofVirtual().unstarted(this::keep);
  }

  static KeptTrigger start(Starting starting) throws IOException {
    KeptTrigger trigger = new KeptTrigger(starting, FunctionProcess.freePort());
    trigger.keeper.start();
    return trigger;
  }

  void tell(Consumer<String> to) {
    listener = to;
  }

  URI url() {
    return process.url();
  }

  void awaitReady() throws IOException, InterruptedException {
    process.awaitReady();
  }

  TriggerUse use() {
    FunctionProcess now = process;
    return new TriggerUse(now.cpu(), now.isAlive(), deaths);
  }

  /** Whether another would take its place. */
  boolean isKept() {
    return keeper.isAlive();
  }

  private void keep() {
    try {
      while (!isClosed()) {
        process.onExit().get();
        Thread.sleep(PAUSE);
        again();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void again() {
    String said = "the trigger DIED; it is started again, see its log";
    synchronized (this) {
      if (closed) {
        return;
      }
      deaths = deaths + 1;
      try {
        process = starting.start(port);
      } catch (IOException | RuntimeException failure) {
        said = "the trigger DIED and does not start: " + failure;
      }
    }
    LOG.error("{}", said);
    listener.accept(said);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    keeper.interrupt();
    try {
      keeper.join();
    } catch (InterruptedException stopping) {
      // It starts nobody any more, joined or not.
      Thread.currentThread().interrupt();
    }
    process.close();
  }
}
