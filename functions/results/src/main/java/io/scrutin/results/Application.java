package io.scrutin.results;

import io.scrutin.web.OwnProcess;

/** results as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("results", Application.class, arguments);
  }
}
