package io.scrutin.submit;

import io.scrutin.web.OwnProcess;

/** submit as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("submit", Application.class, arguments);
  }
}
