package io.scrutin.standalone;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** {@code ./scrutin up}: runs until it is stopped. */
final class UpCommand {
  private UpCommand() {}

  static void run(List<String> arguments) throws InterruptedException {
    boolean terminal = System.console() != null && System.console().isTerminal();
    UpOptions options = options(arguments);
    logTo(options.dir().resolve("logs").resolve("scrutin.log"));
    try {
      Progress progress = new Progress(System.out, terminal, Standalone.steps(options));
      Standalone standalone = Standalone.start(options, progress);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(standalone), "drain"));
      System.out.println(standalone.welcome());
      if (standalone.functions() instanceof SleepingFunctions sleeping) {
        sleeping.tell(System.out::println);
      }
    } catch (Exception failure) {
      System.err.println("scrutin: it did not start: " + failure.getMessage());
      LoggerFactory.getLogger(UpCommand.class).error("it did not start", failure);
      System.err.println("scrutin: more of it in " + System.getProperty("scrutin.log"));
      System.exit(1);
    }
    Thread.currentThread().join();
  }

  private static UpOptions options(List<String> arguments) {
    try {
      return UpOptions.parse(arguments);
    } catch (IllegalArgumentException wrongOption) {
      System.err.println("scrutin: " + wrongOption.getMessage());
      System.exit(2);
      throw wrongOption;
    }
  }

  /** Before the first logger exists. */
  static void logTo(Path file) {
    System.setProperty("scrutin.log", file.toString());
    System.setProperty("logback.configurationFile", "logback-up.xml");
  }

  private static void stop(Standalone standalone) {
    System.out.println("\nfinishing what is in hand, then stopping …");
    standalone.close();
    System.out.println("stopped; ./scrutin up finds every vote again");
  }
}
