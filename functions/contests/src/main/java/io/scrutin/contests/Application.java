package io.scrutin.contests;

import io.scrutin.web.OwnProcess;

/** contests as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("contests", Application.class, arguments);
  }
}
