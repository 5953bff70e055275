package io.scrutin.dedup;

import io.scrutin.web.OwnProcess;

/** dedup as a process of its own. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("dedup", Application.class, arguments);
  }
}
