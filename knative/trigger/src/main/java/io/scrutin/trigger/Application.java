package io.scrutin.trigger;

import io.scrutin.web.OwnProcess;

/** The trigger as a process of its own, with every function behind a URL. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    OwnProcess.start("trigger", Application.class, arguments);
  }
}
