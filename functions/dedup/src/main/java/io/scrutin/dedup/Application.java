package io.scrutin.dedup;

import io.micronaut.runtime.Micronaut;

/** dedup as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("dedup").start();
  }
}
