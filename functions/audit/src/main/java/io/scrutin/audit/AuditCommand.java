package io.scrutin.audit;

import io.scrutin.audit.ReviewDecision.Word;
import io.scrutin.console.ScrutinCommand;
import io.scrutin.console.Surroundings;
import io.scrutin.console.Surroundings.Login;
import io.scrutin.console.Surroundings.NotFound;
import io.scrutin.event.VoteId;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What auditors write: on the command line, as audit's role, since over HTTP nobody could be told
 * apart from anybody else yet.
 */
@Command(
    name = "audit",
    description = "What auditors decide.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class AuditCommand {
  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int NO_PLACE = 2;

  private final Surroundings surroundings;
  private final PrintWriter out;
  private final PrintWriter err;

  private AuditCommand(Surroundings surroundings, PrintWriter out, PrintWriter err) {
    this.surroundings = surroundings;
    this.out = out;
    this.err = err;
  }

  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    AuditCommand command = new AuditCommand(new Surroundings(environment), out, err);
    int exit =
        new CommandLine(command)
            .addSubcommand(command.new Decide())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler((failure, _, _) -> command.failed(failure))
            .execute(arguments.toArray(String[]::new));
    out.flush();
    err.flush();
    return exit;
  }

  public static void main(String[] arguments) {
    ScrutinCommand.main(AuditCommand::run, arguments);
  }

  private int failed(Exception failure) throws Exception {
    return switch (failure) {
      case NotFound notFound -> {
        err.println(notFound.getMessage());
        yield NO_PLACE;
      }
      case SQLException away -> {
        err.println("Nothing was written: the database said " + away.getMessage());
        yield REFUSED;
      }
      default -> throw failure;
    };
  }

  /** {@code audit decide}. */
  @Command(
      name = "decide",
      description = {
        "Writes down what was decided on a vote of the review queue. It changes no vote.",
        "Everybody may read the name and the note in the report of the queue: put in neither a NAS "
            + "nor anything else about a voter."
      },
      mixinStandardHelpOptions = true)
  private final class Decide implements java.util.concurrent.Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "VOTE_ID", description = "The request id, as the review queue has it.")
    private String requestId = "";

    @Option(names = "--law", required = true, paramLabel = "LAW", description = "The contest.")
    private String lawId = "";

    @Option(
        names = "--decision",
        required = true,
        paramLabel = "WORD",
        description = {
          "upheld: it was rightly refused or parked; dismissed: there is nothing to pursue; "
              + "escalated: handed on."
        })
    private Word word = Word.UPHELD;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decided.")
    private String author = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; one line, 500 characters.")
    private @Nullable String note;

    @Override
    public Integer call() throws SQLException {
      ReviewDecision decision = decision();
      return switch (write(decision)) {
        case WRITTEN -> {
          out.println(decision.voteId() + " is " + word.code() + " by " + decision.author() + ".");
          yield DONE;
        }
        case KNOWN -> {
          out.println(decision.voteId() + " is " + word.code() + " already: nothing to write.");
          yield DONE;
        }
        case NOT_IN_QUEUE -> {
          err.println(
              "No vote of that id is in the review queue of that contest."
                  + " `./scrutin report review LAW` lists them.");
          yield REFUSED;
        }
      };
    }

    private ReviewDecision decision() {
      Optional<VoteId> vote = RequestId.parse(requestId);
      try {
        return new ReviewDecision(
            vote.orElseThrow(
                () -> new IllegalArgumentException("a vote id has 32 hexadecimal digits")),
            lawId,
            word,
            author.strip(),
            note == null ? null : note.strip());
      } catch (IllegalArgumentException wrong) {
        throw usage(wrong.getMessage());
      }
    }

    private ParameterException usage(@Nullable String message) {
      if (spec == null) {
        throw new IllegalStateException("picocli sets it before it calls");
      }
      return new ParameterException(spec.commandLine(), String.valueOf(message));
    }

    private Decisions.Taken write(ReviewDecision decision) throws SQLException {
      Login login = surroundings.postgres("audit");
      Properties properties = new Properties();
      properties.setProperty("user", login.user());
      properties.setProperty("password", login.password());
      properties.setProperty("connectTimeout", "5");
      properties.setProperty("socketTimeout", "15");
      try (Connection connection = DriverManager.getConnection(login.url(), properties)) {
        return Decisions.take(connection, decision);
      }
    }
  }
}
