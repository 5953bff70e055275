package io.scrutin.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * A process: the virtual threads that have it for a scheduler, and all that these start. When it
 * crashes none of them takes another step: no {@code finally} runs, as none does after a SIGKILL.
 */
final class SimulatedProcess implements Executor {
  private final World world;
  private final String name;
  private final List<Runnable> whenGone = new ArrayList<>();
  private boolean alive = true;

  SimulatedProcess(World world, String name) {
    this.world = world;
    this.name = name;
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return alive;
  }

  /** Called by the JDK: the virtual thread can go on. */
  @Override
  public void execute(Runnable thread) {
    if (alive) {
      world.ready(this, thread);
    }
  }

  void start(String threadName, Runnable task) {
    VirtualThreads.on(this).name(threadName).start(task);
  }

  void whenGone(Runnable listener) {
    whenGone.add(listener);
  }

  /** The world it is in is over. */
  void leave() {
    alive = false;
  }

  /** It is gone at once. Called by one of its own threads, this does not return. */
  void crash() {
    if (!alive) {
      return;
    }
    boolean own = world.current() == this;
    alive = false;
    world.forget(this);
    List.copyOf(whenGone).forEach(Runnable::run);
    while (own) {
      LockSupport.park();
    }
  }
}
