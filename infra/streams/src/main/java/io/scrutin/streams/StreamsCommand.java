package io.scrutin.streams;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.console.ScrutinCommand;
import io.scrutin.console.Surroundings;
import io.scrutin.console.Surroundings.NotFound;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./scrutin streams}: what the broker keeps, how much more it may, and copies of it. */
@Command(
    name = "streams",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The streams of the broker: how full, how large, and a copy elsewhere.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done as asked",
      "1:not done, or not all of it; it says why",
      "2:wrong usage, or a place that cannot be reached"
    })
public final class StreamsCommand {
  static final int DONE = 0;
  static final int NOT_ALL = 1;
  static final int NO_PLACE = 2;

  /** What the broker says of a stream that it does not have. */
  static final int STREAM_NOT_FOUND = 10059;

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private StreamsCommand() {}

  /** Something that is done with the broker. */
  interface Work {
    int with(Connection broker, String environment) throws Exception;
  }

  /** What the verbs share: where the broker is, and where to print. */
  record Room(Surroundings surroundings, PrintWriter out, PrintWriter err) {
    int work(Work work) throws Exception {
      String url = surroundings.get(Surroundings.NATS_URL);
      try (BrokerLink link = BrokerLink.open(url, "streams")) {
        return work.with(link.await(CONNECTING), surroundings.environment());
      }
    }
  }

  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    Room room = new Room(new Surroundings(environment), out, err);
    int exit =
        new CommandLine(new StreamsCommand())
            .addSubcommand(new ListVerb(room))
            .addSubcommand(new GrowVerb(room))
            .addSubcommand(new BackupVerb(room))
            .addSubcommand(new RestoreVerb(room))
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler((failure, _, _) -> failed(failure, err))
            .execute(arguments.toArray(String[]::new));
    out.flush();
    err.flush();
    return exit;
  }

  public static void main(String[] arguments) {
    ScrutinCommand.main(StreamsCommand::run, arguments);
  }

  private static int failed(Exception failure, PrintWriter err) throws Exception {
    switch (failure) {
      case NotFound notFound -> err.println(notFound.getMessage());
      case BrokerRefused away -> err.println("The broker cannot be asked: " + away.getMessage());
      case JetStreamApiException refused -> err.println("The broker: " + refused.getMessage());
      case IOException broken -> err.println(broken.getMessage());
      default -> throw failure;
    }
    return failure instanceof NotFound ? NO_PLACE : NOT_ALL;
  }
}
