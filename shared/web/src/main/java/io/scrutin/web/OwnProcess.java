package io.scrutin.web;

import io.micronaut.runtime.Micronaut;

/** A function as a process of its own: what its main does. */
public final class OwnProcess {
  private OwnProcess() {}

  /**
   * @param name of the function, and of its environment
   */
  public static void start(String name, Class<?> application, String... arguments) {
    HeadStart.begin();
    Micronaut.build(arguments).mainClass(application).environments(name).start();
  }
}
