package io.scrutin.election;

import io.scrutin.console.ScrutinCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Runs Scrutin's commands as an officer would type them, and shows both question and answer. */
public final class Commands {
  private final Map<String, String> surroundings;
  private final PrintWriter out;

  public Commands(Map<String, String> surroundings, PrintWriter out) {
    this.surroundings = surroundings;
    this.out = out;
  }

  /** Goes on only if it did what it was asked for. */
  public void run(String name, ScrutinCommand command, String... arguments) {
    int status = tryTo(name, command, arguments);
    if (status != 0) {
      throw new IllegalStateException(
          "./scrutin " + name + " " + arguments[0] + " ended with " + status);
    }
  }

  public int tryTo(String name, ScrutinCommand command, String... arguments) {
    out.println();
    out.println("$ ./scrutin " + name + quoted(arguments));
    StringWriter said = new StringWriter();
    PrintWriter to = new PrintWriter(said);
    int status = command.run(List.of(arguments), surroundings, to, to);
    said.toString().lines().forEach(line -> out.println("  " + line));
    out.flush();
    return status;
  }

  private static String quoted(String... arguments) {
    StringBuilder line = new StringBuilder();
    for (String argument : arguments) {
      boolean plain = argument.matches("[A-Za-z0-9_./:=@-]+");
      line.append(' ').append(plain ? argument : "'" + argument + "'");
    }
    return line.toString();
  }
}
