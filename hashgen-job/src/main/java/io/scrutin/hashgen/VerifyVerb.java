package io.scrutin.hashgen;

import io.scrutin.redis.RedisLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hashgen verify}. */
@Command(
    name = "verify",
    description = "Shards against Postgres against Redis; lists what differs.")
final class VerifyVerb implements Callable<Integer> {
  private final Stores stores;
  private final Console console;

  @Option(names = "--in", required = true, description = "a roll, or a folder of rolls")
  private Path in = Path.of("");

  VerifyVerb(Stores stores, Console console) {
    this.stores = stores;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SQLException, RedisAway, RollRefused {
    if (!Files.isDirectory(in) || RollFolder.in(in).isEmpty()) {
      throw new RollRefused("no roll in " + in + ": nothing was verified");
    }
    long differences = 0;
    for (RollFolder roll : RollFolder.in(in)) {
      String law = roll.manifest().lawId();
      try (RollTables tables = stores.tables();
          RedisLink redis = stores.redis()) {
        Differences found =
            new CompareRoll(tables, stores.index(redis, law), roll, console).compare();
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
    return differences == 0 ? HashgenCommand.DONE : HashgenCommand.WRONG;
  }
}
