package io.scrutin.submit;

import io.micronaut.runtime.Micronaut;

/** submit as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("submit").start();
  }
}
