package io.scrutin.parked;

import io.nats.client.JetStreamApiException;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.console.ScrutinCommand;
import io.scrutin.console.Surroundings;
import io.scrutin.console.Surroundings.NotFound;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./scrutin parked}: what the trigger set aside, and what a person does about it. */
@Command(
    name = "parked",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Events that did not get through their function, and wait for a person.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done as asked",
      "1:not all of it, or not at all; each event says why",
      "2:wrong usage, no such event, or a place that cannot be reached"
    })
public final class ParkedCommand {
  static final int DONE = 0;
  static final int NOT_ALL = 1;
  static final int NO_PLACE = 2;

  private ParkedCommand() {}

  /** Sits down, and does one thing. */
  interface Work {
    int at(Desk desk) throws Exception;
  }

  /** What the verbs share: where the system is, and where to print. */
  record Room(Surroundings surroundings, PrintWriter out, PrintWriter err) {
    int with(Work work) throws Exception {
      try (Desk desk = Desk.open(surroundings, out, err)) {
        return work.at(desk);
      }
    }
  }

  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    Room room = new Room(new Surroundings(environment), out, err);
    int exit =
        new CommandLine(new ParkedCommand())
            .addSubcommand(new ListVerb(room))
            .addSubcommand(new ShowVerb(room))
            .addSubcommand(new ReplayVerb(room))
            .addSubcommand(new DiscardVerb(room))
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler((failure, _, _) -> failed(failure, err))
            .execute(arguments.toArray(String[]::new));
    out.flush();
    err.flush();
    return exit;
  }

  public static void main(String[] arguments) {
    ScrutinCommand.main(ParkedCommand::run, arguments);
  }

  private static int failed(Exception failure, PrintWriter err) throws Exception {
    switch (failure) {
      case NotFound notFound -> err.println(notFound.getMessage());
      case Desk.NoSuchEvent unknown -> err.println(unknown.getMessage());
      case SQLException away -> err.println("Postgres cannot be asked: " + away.getMessage());
      case BrokerRefused away -> err.println("The broker cannot be asked: " + away.getMessage());
      case JetStreamApiException away ->
          err.println("The broker cannot be asked: " + away.getMessage());
      case IOException away -> err.println("The broker cannot be asked: " + away.getMessage());
      default -> throw failure;
    }
    return NO_PLACE;
  }
}
