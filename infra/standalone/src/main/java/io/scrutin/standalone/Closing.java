package io.scrutin.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what was started, the latest first, and knows of each thing from its first moment: functions
 * and servers have sessions of their own, so that a Ctrl-C while the system starts would leave them
 * behind. What is being started when this closes is waited for, then ended; later nothing starts.
 */
final class Closing implements AutoCloseable {
  /** How one of them is started. */
  interface Start<T extends AutoCloseable> {
    T run() throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  /** Never held while anything else than a start or a close is waited for, least of all an exit. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Thread hook = new Thread(this::end, "closing");
  private boolean closed;

  private Closing() {}

  static Closing withThisProcess() {
    Closing closing = new Closing();
    Runtime.getRuntime().addShutdownHook(closing.hook);
    return closing;
  }

  /** Within this one, for parts of which {@link #handOver} makes a whole. */
  Closing within() throws Exception {
    return start(Closing::new);
  }

  /** From now on that one ends all that was started here. */
  void handOver(AutoCloseable whole) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("it is being stopped");
      }
      started.clear();
      started.push(whole);
    } finally {
      lock.unlock();
    }
  }

  <T extends AutoCloseable> T start(Start<T> start) throws Exception {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("it is being stopped");
      }
      T begun = start.run();
      started.push(begun);
      return begun;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when everything has ended, whoever ended it. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      // The hook finds nothing left to do.
      return;
    }
  }

  private void end() {
    lock.lock();
    try {
      closed = true;
      while (!started.isEmpty()) {
        end(started.pop());
      }
    } finally {
      lock.unlock();
    }
  }

  private static void end(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception failure) {
      LOG.warn("{} did not end as it should", one.getClass().getSimpleName(), failure);
    }
  }
}
