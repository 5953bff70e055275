package io.scrutin.tally;

import io.micronaut.runtime.Micronaut;

/** tally as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("tally").start();
  }
}
