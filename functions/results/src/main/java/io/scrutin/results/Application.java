package io.scrutin.results;

import io.micronaut.runtime.Micronaut;

/** results as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("results").start();
  }
}
