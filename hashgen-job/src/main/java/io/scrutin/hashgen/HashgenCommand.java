package io.scrutin.hashgen;

import io.scrutin.console.ProgressBar;
import io.scrutin.console.ScrutinCommand;
import io.scrutin.console.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The roll, from a list of voters to what verify looks tags up in. Keys come from files that the
 * environment names: an argument could be read by everybody on the machine.
 */
@Command(
    name = "hashgen",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Issues codes, makes a roll of them, loads it and compares what was loaded.")
public final class HashgenCommand {
  static final int DONE = 0;
  static final int WRONG = 1;
  static final int USAGE = 2;
  static final int BAD_ROWS = 3;

  private HashgenCommand() {}

  public static void main(String[] arguments) {
    ScrutinCommand.main(HashgenCommand::run, arguments);
  }

  /**
   * The command, for who calls it from a process of their own.
   *
   * @return 0 done, also if there was nothing new to do; 1 refused, or differences found; 2 wrong
   *     usage; 3 bad rows
   */
  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    Console console = new Console(out, err, ProgressBar.isTerminal(environment));
    Surroundings surroundings = new Surroundings(environment);
    Stores stores = new Stores(surroundings);
    return new CommandLine(new HashgenCommand())
        .addSubcommand(new GenerateVerb(surroundings, console))
        .addSubcommand(new IssueVerb(surroundings, console))
        .addSubcommand(new LoadVerb(surroundings, stores, console))
        .addSubcommand(new RebuildVerb(stores, console))
        .addSubcommand(new VerifyVerb(stores, console))
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, _, _) -> explain(failure, err))
        .execute(arguments.toArray(String[]::new));
  }

  /** Shown with the usage of the whole, which names the verbs. */
  static ParameterException wrongUsage(CommandSpec verb, String message) {
    return new ParameterException(verb.parent().commandLine(), message);
  }

  private static int explain(Exception failure, PrintWriter err) {
    String says =
        switch (failure) {
          case NoSuchFileException absent -> "there is no file " + absent.getFile();
          case UncheckedIOException unreadable ->
              unreadable.getMessage() + ": " + cause(unreadable);
          case SQLException database -> "Postgres: " + database.getMessage();
          case Exception other -> String.valueOf(other.getMessage());
        };
    err.println("hashgen: " + says);
    err.flush();
    return switch (failure) {
      case Surroundings.NotFound _, NoSuchFileException _, UncheckedIOException _ -> USAGE;
      case Exception _ -> WRONG;
    };
  }

  private static String cause(UncheckedIOException failure) {
    IOException cause = failure.getCause();
    return cause == null ? "unreadable" : String.valueOf(cause.getMessage());
  }
}
