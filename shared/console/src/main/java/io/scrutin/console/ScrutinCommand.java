package io.scrutin.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One of Scrutin's commands: typed by a person, run as a job, or played by the demo. */
public interface ScrutinCommand {
  /**
   * @param arguments what follows its name
   * @return the exit status: 0 when it did what it was asked for
   */
  int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err);

  /** Ends this process with the command's status. */
  static void exit(
      ScrutinCommand command, List<String> arguments, Map<String, String> environment) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = command.run(arguments, environment, out, err);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** A process that is nothing but this command. */
  static void main(ScrutinCommand command, String[] arguments) {
    exit(command, List.of(arguments), System.getenv());
  }
}
