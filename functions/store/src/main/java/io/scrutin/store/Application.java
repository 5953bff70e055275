package io.scrutin.store;

import io.scrutin.web.OwnProcess;

/** store as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("store", Application.class, arguments);
  }
}
