package io.scrutin.simulation;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;

/** What the JDK keeps to itself of virtual threads: whose scheduler runs them, and what it runs. */
final class VirtualThreads {
  /** Looked up once: the same for all of them, and asked for at each turn. */
  private static final ClassValue<Field> THREAD =
      new ClassValue<>() {
        @Override
        protected Field computeValue(Class<?> task) {
          try {
            Field thread = task.getDeclaredField("arg$1");
            thread.setAccessible(true);
            return thread;
          } catch (ReflectiveOperationException | RuntimeException closed) {
            throw notOpen(closed);
          }
        }
      };

  private static final Constructor<?> BUILDER = builder();

  private VirtualThreads() {}

  private static Constructor<?> builder() {
    try {
      Constructor<?> constructor =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw notOpen(closed);
    }
  }

  /** As tests of the JDK itself do. Threads that such a thread starts inherit its scheduler. */
  static Thread.Builder.OfVirtual on(Executor scheduler) {
    try {
      return (Thread.Builder.OfVirtual) BUILDER.newInstance(scheduler);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw notOpen(closed);
    }
  }

  /**
   * @param task what a scheduler is given: a reference to a method of the thread
   */
  static Thread of(Runnable task) {
    try {
      return (Thread) THREAD.get(task.getClass()).get(task);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw notOpen(closed);
    }
  }

  private static IllegalStateException notOpen(Exception closed) {
    return new IllegalStateException(
        "needs a JDK 25 with --add-opens=java.base/java.lang=ALL-UNNAMED", closed);
  }
}
