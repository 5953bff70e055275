package io.scrutin.store;

import io.micronaut.runtime.Micronaut;

/** store as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("store").start();
  }
}
