package io.scrutin.contests;

import io.micronaut.runtime.Micronaut;

/** contests as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("contests").start();
  }
}
