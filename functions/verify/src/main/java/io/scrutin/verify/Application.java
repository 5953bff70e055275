package io.scrutin.verify;

import io.micronaut.runtime.Micronaut;

/** verify as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("verify").start();
  }
}
