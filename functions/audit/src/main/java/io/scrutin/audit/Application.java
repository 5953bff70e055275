package io.scrutin.audit;

import io.micronaut.runtime.Micronaut;

/** audit as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("audit").start();
  }
}
