package io.scrutin.report;

import io.scrutin.console.ScrutinCommand;
import io.scrutin.console.Surroundings;
import io.scrutin.console.Surroundings.NotFound;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The reports of the audit function, for people, for spreadsheets and for programs. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Shows what audit knows of a contest.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the report is shown",
      "1:it shows something wrong (books that differ, votes that are stuck), is not whole, or"
          + " cannot be had",
      "2:wrong usage, or SCRUTIN_URL is not set"
    })
public final class ReportCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int WRONG = 1;
  private static final int USAGE = 2;

  /** At 200 lines each: what a person or a spreadsheet can still read. */
  private static final int MAX_PAGES = 500;

  private static final int UNAVAILABLE = 503;

  /** As the API has it; neither "." nor "..", which lead elsewhere. */
  private static final Pattern LAW_ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

  /** How it is written. */
  enum Format {
    TEXT,
    CSV,
    JSON
  }

  /** Whom the text is for. */
  enum Lang {
    FR,
    EN;

    Locale locale() {
      return Locale.of(name().toLowerCase(Locale.ROOT));
    }
  }

  private final Surroundings surroundings;
  private final PrintWriter out;
  private final PrintWriter err;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Kind kind = Kind.TURNOUT;

  @Parameters(index = "1", paramLabel = "LAW", description = "The contest.")
  private String lawId = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not said.")
  private Format format = Format.TEXT;

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not said.")
  private Lang language = Lang.FR;

  @Option(
      names = "--pages",
      paramLabel = "N",
      description = "Of a list at most so many pages of 200; ${DEFAULT-VALUE} if not said.")
  private int pages = MAX_PAGES;

  private ReportCommand(Surroundings surroundings, PrintWriter out, PrintWriter err) {
    this.surroundings = surroundings;
    this.out = out;
    this.err = err;
  }

  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    int exit =
        new CommandLine(new ReportCommand(new Surroundings(environment), out, err))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(out)
            .setErr(err)
            .execute(arguments.toArray(String[]::new));
    out.flush();
    err.flush();
    return exit;
  }

  public static void main(String[] arguments) {
    ScrutinCommand.main(ReportCommand::run, arguments);
  }

  @Override
  public Integer call() {
    Wording words = Wording.of(language.locale());
    if (!LAW_ID.matcher(lawId).matches()) {
      throw usage(words.text("wrong.law"));
    }
    if (pages < 1 || pages > MAX_PAGES) {
      throw usage(words.text("wrong.pages", MAX_PAGES));
    }
    URI base;
    try {
      base = URI.create(surroundings.get(Surroundings.PUBLIC_URL));
    } catch (NotFound notFound) {
      err.println(notFound.getMessage());
      return USAGE;
    } catch (IllegalArgumentException malformed) {
      err.println(words.text("wrong.url"));
      return USAGE;
    }
    return show(base, words);
  }

  private ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it before it calls");
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private int show(URI base, Wording words) {
    if (base.getHost() == null) {
      err.println(words.text("wrong.url"));
      return USAGE;
    }
    Fetched fetched;
    try (FetchReport reports = new FetchReport(base, language.locale(), pages)) {
      fetched = reports.fetch(kind, lawId);
    }
    return switch (fetched) {
      case Fetched.Found found -> print(found, words);
      case Fetched.Refused refused -> {
        err.println(refused.why());
        err.println(words.text(refused.status() == UNAVAILABLE ? "next.later" : "next.law"));
        yield WRONG;
      }
      case Fetched.NoAnswer none -> {
        err.println(words.text("next.no-answer", base, none.why()));
        yield WRONG;
      }
    };
  }

  private int print(Fetched.Found found, Wording words) {
    switch (format) {
      case TEXT ->
          new WriteText(words, out).print(Sheet.of(kind, found.tree()), found.tree(), lawId);
      case CSV -> out.print(WriteCsv.of(Sheet.of(kind, found.tree())));
      case JSON -> out.println(found.json());
    }
    if (!found.isWhole()) {
      err.println(words.text("next.more", pages));
      return WRONG;
    }
    return saysThatSomethingIsWrong(found.tree()) ? WRONG : DONE;
  }

  private boolean saysThatSomethingIsWrong(Tree report) {
    return switch (kind) {
      case INTEGRITY -> !report.is("ok");
      case HEALTH -> "stuck".equals(report.get("state"));
      case TURNOUT, HOURS, DUPLICATES, REFUSALS, REVIEW -> false;
    };
  }
}
