package io.scrutin.tally;

import io.scrutin.web.OwnProcess;

/** tally as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("tally", Application.class, arguments);
  }
}
