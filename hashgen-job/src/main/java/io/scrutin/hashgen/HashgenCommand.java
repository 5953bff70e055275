package io.scrutin.hashgen;

import io.scrutin.console.ProgressBar;
import io.scrutin.console.ScrutinCommand;
import io.scrutin.console.Surroundings;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.Sha256Tags;
import io.scrutin.hashgen.CheckKey.Checked;
import io.scrutin.hashgen.CheckKey.Expected;
import io.scrutin.hashgen.GenerateRoll.Generated;
import io.scrutin.hashgen.IssueCodes.Issued;
import io.scrutin.hashgen.LoadRoll.Loaded;
import io.scrutin.redis.RedisLink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
  private static final int DONE = 0;
  private static final int WRONG = 1;
  private static final int USAGE = 2;
  private static final int BAD_ROWS = 3;

  private final Surroundings surroundings;
  private final Map<String, String> environment;
  private final Console console;

  @Spec private CommandSpec spec;

  private HashgenCommand(Map<String, String> environment, Console console) {
    this.surroundings = new Surroundings(environment);
    this.environment = environment;
    this.console = console;
    this.spec = CommandSpec.create();
  }

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
    return new CommandLine(new HashgenCommand(environment, console))
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, _, _) -> explain(failure, err))
        .execute(arguments.toArray(String[]::new));
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

  @Command(description = "A code for each NAS of a list: the roll, and a file for mail merge.")
  int issue(
      @Option(names = "--law", required = true, description = "the contest's law id") String law,
      @Option(names = "--nas", required = true, description = "CSV with a column nas") Path nas,
      @Option(names = "--out", required = true, description = "folder for both files") Path out,
      @Option(names = "--url", description = "where voters vote; else the public address")
          @Nullable String url,
      @Option(names = "--code-length", defaultValue = "8", description = "6 to 16") int length)
      throws IOException, RollRefused {
    if (!LawIds.isWellFormed(law)) {
      throw wrongUsage("--law has up to 64 letters, digits, '-', '_' and '.'");
    }
    if (length < Codes.MIN_LENGTH || length > Codes.MAX_LENGTH) {
      throw wrongUsage("--code-length is " + Codes.MIN_LENGTH + " to " + Codes.MAX_LENGTH);
    }
    String address = url == null ? surroundings.get(Surroundings.PUBLIC_URL) : url;
    IssueCodes.Options options = new IssueCodes.Options(law, address, length);
    Issued issued = new IssueCodes(options, new SecureRandom()).issue(nas, out);
    issued.bad().print(console.err());
    if (issued.bad().count() > 0) {
      console.err().println(issued.bad().count() + " bad rows: no code was issued");
      return BAD_ROWS;
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
    return DONE;
  }

  @Command(description = "Shards of hashes and a manifest for each law of a CSV file.")
  int generate(
      @Option(names = "--in", required = true, description = "CSV: nas, code, law_id") Path in,
      @Option(names = "--out", required = true, description = "folder of the rolls") Path out,
      @Option(names = "--allow-bad", defaultValue = "0", description = "bad rows let pass")
          int allowBad,
      @Option(
              names = "--scheme",
              defaultValue = HmacTags.NAME,
              description = "sha256 only for an older roll: its codes can be found by trying")
          String scheme,
      @Option(
              names = "--shard-size",
              defaultValue = "" + GenerateRoll.SHARD_COUNT,
              description = "the most hashes of a shard")
          int shardSize)
      throws IOException, InterruptedException, RollRefused {
    if (shardSize < 1 || shardSize > GenerateRoll.SHARD_COUNT) {
      throw wrongUsage("--shard-size is 1 to " + GenerateRoll.SHARD_COUNT);
    }
    GenerateRoll generate = new GenerateRoll(key(scheme), shardSize, console);
    Generated generated = generate.generate(in, out, allowBad);
    generated.bad().print(console.err());
    generated.repeats().print(console.err());
    if (generated.bad().count() > allowBad) {
      console.err().println(generated.bad().count() + " bad rows: nothing was generated");
      return BAD_ROWS;
    }
    if (generated.rolls().isEmpty()) {
      throw new RollRefused("no row of " + in + " is a voter's: nothing was generated");
    }
    for (Manifest roll : generated.rolls()) {
      console.say(
          String.format(
              Locale.ROOT,
              "%s: %,d voters in %d shards, %s, key %s",
              roll.lawId(),
              roll.count(),
              roll.shards().size(),
              roll.scheme(),
              roll.keyId()));
    }
    return DONE;
  }

  private RollKey key(String scheme) {
    return switch (scheme) {
      case HmacTags.NAME -> RollKey.hmac(surroundings.path(Surroundings.PEPPER_FILE));
      case Sha256Tags.NAME -> RollKey.sha256();
      default -> throw wrongUsage("--scheme is " + HmacTags.NAME + " or " + Sha256Tags.NAME);
    };
  }

  @Command(description = "Shards into Postgres and Redis; goes on where a crash stopped it.")
  int load(
      @Option(names = "--in", required = true, description = "a roll, or a folder of rolls")
          Path in,
      @Option(
              names = "--key-id",
              description = "of submit's pepper, as generate prints it, where its file is not")
          @Nullable String keyId)
      throws IOException, SQLException, RedisAway, RollRefused {
    if (keyId != null && !RollKey.isId(keyId)) {
      throw wrongUsage("--key-id has 16 digits, 0 to 9 and a to f, as generate prints it");
    }
    List<RollFolder> rolls = RollFolder.in(in);
    if (rolls.isEmpty()) {
      console.say("no roll in " + in + ": nothing to load");
    }
    for (RollFolder roll : rolls) {
      checkKey(roll.manifest(), keyId);
    }
    for (RollFolder roll : rolls) {
      load(roll);
    }
    return DONE;
  }

  private void load(RollFolder roll) throws IOException, SQLException, RedisAway, RollRefused {
    String law = roll.manifest().lawId();
    try (RollTables tables = RollTables.open(surroundings.postgres("hashgen"));
        RedisLink redis = redis()) {
      Loaded loaded = new LoadRoll(tables, index(redis, law), roll, console).load();
      String count = String.format(Locale.ROOT, "%,d", roll.manifest().count());
      console.say(
          switch (loaded) {
            case COMPLETE -> law + ": complete with " + count + " voters";
            case NOTHING_NEW -> law + ": was complete with " + count + " voters, nothing to do";
          });
    }
  }

  private void checkKey(Manifest roll, @Nullable String keyId) throws RollRefused {
    List<Expected> expected = new ArrayList<>();
    boolean fileIsSet = !environment.getOrDefault(Surroundings.PEPPER_FILE, "").isBlank();
    if (fileIsSet && roll.scheme().equals(HmacTags.NAME)) {
      RollKey submits = RollKey.hmac(surroundings.path(Surroundings.PEPPER_FILE));
      expected.add(new Expected(submits.keyId(), Surroundings.PEPPER_FILE));
    }
    if (keyId != null) {
      expected.add(new Expected(keyId, "--key-id"));
    }
    switch (CheckKey.check(roll, expected)) {
      case Checked.Same _ -> {}
      case Checked.NothingToCompare nothing -> throw wrongUsage(nothing.advice());
      case Checked.Other other -> throw new RollRefused(other.reason());
    }
  }

  private RedisLink redis() {
    return new RedisLink(surroundings.get(Surroundings.REDIS_URL), RollIndex.PATIENCE);
  }

  private RollIndex index(RedisLink redis, String law) {
    return new RollIndex(redis, surroundings.environment(), law);
  }

  @Command(description = "Redis anew from Postgres.")
  int rebuild(
      @Option(names = "--law", required = true, description = "the contest's law id") String law)
      throws IOException, SQLException, RedisAway, RollRefused {
    try (RollTables tables = RollTables.open(surroundings.postgres("hashgen"));
        RedisLink redis = redis()) {
      long voters = new RebuildIndex(tables, index(redis, law), console).rebuild(law);
      console.say(String.format(Locale.ROOT, "%s: %,d voters in Redis", law, voters));
    }
    return DONE;
  }

  @Command(description = "Shards against Postgres against Redis; lists what differs.")
  int verify(
      @Option(names = "--in", required = true, description = "a roll, or a folder of rolls")
          Path in)
      throws IOException, SQLException, RedisAway, RollRefused {
    if (!Files.isDirectory(in) || RollFolder.in(in).isEmpty()) {
      throw new RollRefused("no roll in " + in + ": nothing was verified");
    }
    long differences = 0;
    for (RollFolder roll : RollFolder.in(in)) {
      String law = roll.manifest().lawId();
      try (RollTables tables = RollTables.open(surroundings.postgres("hashgen"));
          RedisLink redis = redis()) {
        Differences found = new CompareRoll(tables, index(redis, law), roll, console).compare();
        found.print(console.out());
        differences += found.count();
        console.say(
            String.format(
                Locale.ROOT,
                "%s: %,d voters, %,d differences between shards, Postgres and Redis",
                law,
                roll.manifest().count(),
                found.count()));
      }
    }
    return differences == 0 ? DONE : WRONG;
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
