package io.scrutin.trigger;

import io.micronaut.runtime.Micronaut;

/** The trigger as a process of its own, with every function behind a URL. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("trigger").start();
  }
}
