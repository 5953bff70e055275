package io.scrutin.standalone;

import java.util.Arrays;
import java.util.List;

/** {@code ./scrutin up}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    boolean terminal = System.console() != null && System.console().isTerminal();
    List<String> rest =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    try {
      UpOptions options = UpOptions.parse(rest);
      Progress progress = new Progress(System.out, terminal, Standalone.steps(options));
      Standalone standalone = Standalone.start(options, progress);
      Thread drain = new Thread(() -> stop(standalone), "drain");
      Runtime.getRuntime().addShutdownHook(drain);
      System.out.println(standalone.welcome());
      Thread.currentThread().join();
    } catch (IllegalArgumentException wrongOption) {
      System.err.println("scrutin: " + wrongOption.getMessage());
      System.exit(2);
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      System.err.println("scrutin: it did not start: " + failure.getMessage());
      failure.printStackTrace();
      System.exit(1);
    }
  }

  private static void stop(Standalone standalone) {
    System.out.println("\nfinishing what is in hand, then stopping …");
    standalone.close();
    System.out.println("stopped; ./scrutin up finds every vote again");
  }
}
