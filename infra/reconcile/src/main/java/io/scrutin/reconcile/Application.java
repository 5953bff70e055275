package io.scrutin.reconcile;

import io.micronaut.runtime.Micronaut;

/** reconcile as a process of its own, woken now and then while a contest is in hand. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    Micronaut.build(arguments).mainClass(Application.class).environments("reconcile").start();
  }
}
