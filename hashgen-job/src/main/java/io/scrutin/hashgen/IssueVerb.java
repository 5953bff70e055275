package io.scrutin.hashgen;

import io.scrutin.console.Surroundings;
import io.scrutin.hashgen.IssueCodes.Issued;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hashgen issue}. */
@Command(
    name = "issue",
    description = "A code for each NAS of a list: the roll, and a file for mail merge.")
final class IssueVerb implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Console console;

  @Option(names = "--law", required = true, description = "the contest's law id")
  private String law = "";

  @Option(names = "--nas", required = true, description = "CSV with a column nas")
  private Path nas = Path.of("");

  @Option(names = "--out", required = true, description = "folder for both files")
  private Path out = Path.of("");

  @Option(names = "--url", description = "where voters vote; else the public address")
  private @Nullable String url;

  @Option(names = "--code-length", defaultValue = "8", description = "6 to 16")
  private int length;

  @Spec private CommandSpec spec = CommandSpec.create();

  IssueVerb(Surroundings surroundings, Console console) {
    this.surroundings = surroundings;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, RollRefused {
    if (!LawIds.isWellFormed(law)) {
      throw HashgenCommand.wrongUsage(spec, "--law has up to 64 letters, digits, '-', '_' and '.'");
    }
    if (length < Codes.MIN_LENGTH || length > Codes.MAX_LENGTH) {
      throw HashgenCommand.wrongUsage(
          spec, "--code-length is " + Codes.MIN_LENGTH + " to " + Codes.MAX_LENGTH);
    }
    String address = url == null ? surroundings.get(Surroundings.PUBLIC_URL) : url;
    IssueCodes.Options options = new IssueCodes.Options(law, address, length);
    Issued issued = new IssueCodes(options, new SecureRandom()).issue(nas, out);
    issued.bad().print(console.err());
    if (issued.bad().count() > 0) {
      console.err().println(issued.bad().count() + " bad rows: no code was issued");
      return HashgenCommand.BAD_ROWS;
    }
    if (issued.count() == 0) {
      throw new RollRefused("nobody is on the list " + nas + ": no code was issued");
    }
    console.say(
        String.format(
            Locale.ROOT,
            "%,d codes issued: %s for generate, %s for the letters. Both are secret",
            issued.count(),
            out.resolve(IssueCodes.ROLL),
            out.resolve(IssueCodes.MAILING)));
    return HashgenCommand.DONE;
  }
}
