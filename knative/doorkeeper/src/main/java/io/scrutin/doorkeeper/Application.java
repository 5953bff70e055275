package io.scrutin.doorkeeper;

/** doorkeeper as a job. */
public final class Application {
  private Application() {}

  public static void main(String[] arguments) {
    System.exit(DoorkeeperCommand.main(arguments));
  }
}
