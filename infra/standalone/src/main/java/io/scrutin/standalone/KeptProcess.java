package io.scrutin.standalone;

import io.scrutin.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is always there: when it dies another takes its place and its port, as in a
 * Deployment. Without a trigger, for one, no event would wake anybody, and nothing would say why.
 */
public final class KeptProcess implements AutoCloseable {
  /** How a process of it is started. */
  interface Starting {
    FunctionProcess start(int port) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(KeptProcess.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String name;
  private final Starting starting;
  private final int port;
  private final Thread keeper;
  private volatile FunctionProcess process;
  private volatile Consumer<String> listener = _ -> {};
  private volatile int deaths;
  private boolean closed;

  private KeptProcess(String name, Starting starting, int port) throws IOException {
    this.name = name;
    this.starting = starting;
    this.port = port;
    this.process = starting.start(port);
    this.keeper = Thread.ofVirtual().unstarted(this::keep);
  }

  static KeptProcess start(String name, Starting starting) throws IOException {
    return start(name, starting, Ports.free());
  }

  /**
   * @param port where each of them listens
   */
  static KeptProcess start(String name, Starting starting, int port) throws IOException {
    KeptProcess kept = new KeptProcess(name, starting, port);
    kept.keeper.start();
    return kept;
  }

  public String name() {
    return name;
  }

  /** Tells of each death. */
  public void tell(Consumer<String> to) {
    listener = to;
  }

  URI url() {
    return process.url();
  }

  /** Of the process of this moment, which may be dead and not replaced yet. */
  public long pid() {
    return process.pid();
  }

  public void awaitReady() throws IOException, InterruptedException {
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
    String said = name + " DIED; it is started again, see its log";
    synchronized (this) {
      if (closed) {
        return;
      }
      deaths = deaths + 1;
      try {
        process = starting.start(port);
      } catch (IOException | RuntimeException failure) {
        said = name + " DIED and does not start: " + failure;
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
