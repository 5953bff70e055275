package io.scrutin.contests;

import io.scrutin.books.BooksAway;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.console.ScrutinCommand;
import io.scrutin.console.Surroundings;
import io.scrutin.contest.PostgresTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** {@code ./scrutin contest …}: how a contest is made, opened, closed and published. */
@Command(
    name = "contest",
    synopsisSubcommandLabel = "create|open|close|show|list|publish|check",
    description = "What is put to the voters, and when.",
    mixinStandardHelpOptions = true)
public final class ContestCommand {
  private ContestCommand() {}

  /**
   * @return 0 done, 1 refused by the rules or not possible now, 2 wrong usage or a place not set
   */
  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    Surroundings surroundings = new Surroundings(environment);
    return run(arguments, surroundings, ReadBooks.of(surroundings), PostgresTime::on, out, err);
  }

  static int run(
      List<String> arguments,
      Surroundings surroundings,
      Function<String, BooksRead> books,
      ContestBook.Time time,
      PrintWriter out,
      PrintWriter err) {
    Desk desk = new Desk(surroundings, out, err, time);
    CommandLine line =
        new CommandLine(new ContestCommand())
            .addSubcommand(new CreateVerb(desk))
            .addSubcommand(new OpenVerb(desk))
            .addSubcommand(new CloseVerb(desk))
            .addSubcommand(new ShowVerb(desk))
            .addSubcommand(new ListVerb(desk))
            .addSubcommand(new PublishVerb(desk, books))
            .addSubcommand(new CheckVerb(desk))
            .setOut(out)
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setExecutionExceptionHandler((failure, _, _) -> failed(desk, failure));
    int code = line.execute(arguments.toArray(String[]::new));
    out.flush();
    err.flush();
    return code;
  }

  /** What a person can do something about is said; the rest is a fault of the program. */
  private static int failed(Desk desk, Exception failure) throws Exception {
    return switch (failure) {
      case Surroundings.NotFound missing ->
          desk.refuse(Desk.MISUSED, List.of(String.valueOf(missing.getMessage())));
      case BrokerRefused _ ->
          desk.refuse(
              Desk.REFUSED,
              List.of("NATS does not answer; nothing was changed. Try again once it runs."));
      case BooksAway away ->
          desk.refuse(Desk.REFUSED, List.of(away.getMessage() + ": the books are read first."));
      case SQLException away ->
          desk.refuse(
              Desk.REFUSED,
              List.of(
                  "Postgres did not do it: " + away.getMessage(),
                  "Look with ./scrutin contest show what holds, and try again."));
      case IOException unusable ->
          desk.refuse(Desk.REFUSED, List.of("A file cannot be used: " + unusable));
      case Exception unexpected -> throw unexpected;
    };
  }

  public static void main(String[] arguments) {
    ScrutinCommand.main(ContestCommand::run, arguments);
  }
}
