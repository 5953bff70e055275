package io.scrutin.audit;

import io.scrutin.web.OwnProcess;

/** audit as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("audit", Application.class, arguments);
  }
}
