package io.scrutin.reconcile;

import io.scrutin.books.Balance;
import io.scrutin.books.BookPlaces;
import io.scrutin.books.Books;
import io.scrutin.books.BooksAway;
import io.scrutin.console.ScrutinCommand;
import io.scrutin.console.Surroundings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./scrutin reconcile}: exit 0 when the books balance, 1 when not, 2 when one is away. */
public final class ReconcileCommand {
  private static final int BALANCED = 0;
  private static final int DIFFERENT = 1;
  private static final int NOT_READ = 2;

  private ReconcileCommand() {}

  @Command(
      name = "reconcile",
      mixinStandardHelpOptions = true,
      description = "Lays the books of each contest beside each other and lists what differs.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        "0:the books balance",
        "1:they do not; each difference is listed",
        "2:wrong usage, or a place that cannot be reached: nothing is said of the books"
      })
  private static final class Call implements Callable<Integer> {
    @Option(names = "--law", paramLabel = "LAW", description = "This contest only.")
    private @Nullable String law;

    @Option(names = "--json", description = "One JSON document instead of tables.")
    private boolean json;

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;

    Call(Map<String, String> environment, PrintWriter out, PrintWriter err) {
      this.environment = environment;
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() {
      List<Balance> balances;
      try (Books books = Books.open(BookPlaces.from(new Surroundings(environment)))) {
        balances = law == null ? books.balances() : books.balance(law).stream().toList();
      } catch (Surroundings.NotFound | BooksAway away) {
        err.println(explained(away));
        return NOT_READ;
      }
      if (law != null && balances.isEmpty()) {
        err.println("there is no contest " + law + ", or it is a draft");
        return NOT_READ;
      }
      if (json) {
        BalanceJson.write(balances, out);
      } else {
        BalanceText.print(balances, out);
      }
      return balances.stream().allMatch(Balance::balances) ? BALANCED : DIFFERENT;
    }
  }

  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    int code =
        new CommandLine(new Call(environment, out, err))
            .setOut(out)
            .setErr(err)
            .execute(arguments.toArray(String[]::new));
    out.flush();
    err.flush();
    return code;
  }

  private static String explained(RuntimeException away) {
    return Optional.ofNullable(away.getCause())
        .map(cause -> away.getMessage() + ": " + cause.getMessage())
        .orElse(String.valueOf(away.getMessage()));
  }

  public static void main(String[] arguments) {
    ScrutinCommand.main(ReconcileCommand::run, arguments);
  }
}
