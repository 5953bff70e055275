package io.scrutin.reconcile;

import io.scrutin.web.OwnProcess;

/** reconcile as a process of its own, woken now and then while a contest is in hand. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("reconcile", Application.class, arguments);
  }
}
