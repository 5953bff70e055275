package io.scrutin.verify;

import io.scrutin.web.OwnProcess;

/** verify as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("verify", Application.class, arguments);
  }
}
