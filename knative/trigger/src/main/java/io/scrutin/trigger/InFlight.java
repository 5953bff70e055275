package io.scrutin.trigger;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many batches of a binding are called at the same time: one while events trickle in, more as
 * they pile up. On Knative the number of concurrent calls is what makes it add replicas.
 */
final class InFlight {
  private final int limit;
  private final int batch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private int running;
  private int allowed = 1;
  private boolean stopped;

  InFlight(int limit, int batch) {
    this.limit = limit;
    this.batch = batch;
  }

  static int allowed(int limit, long pending, int batch) {
    return (int) Math.min(limit, Math.max(1, Math.ceilDiv(pending, (long) batch)));
  }

  /** Waits for a place; false once stopped. */
  boolean enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && running >= allowed) {
        changed.await();
      }
      if (!stopped) {
        running++;
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    locked(() -> running--);
  }

  /** The broker said how many wait behind the batch just taken. */
  void backlog(long pending) {
    locked(() -> allowed = allowed(limit, pending, batch));
  }

  void stop() {
    locked(() -> stopped = true);
  }

  int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
