package io.scrutin.hashgen;

import io.scrutin.redis.RedisLink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hashgen rebuild}. */
@Command(name = "rebuild", description = "Redis anew from Postgres.")
final class RebuildVerb implements Callable<Integer> {
  private final Stores stores;
  private final Console console;

  @Option(names = "--law", required = true, description = "the contest's law id")
  private String law = "";

  RebuildVerb(Stores stores, Console console) {
    this.stores = stores;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SQLException, RedisAway, RollRefused {
    try (RollTables tables = stores.tables();
        RedisLink redis = stores.redis()) {
      long voters = new RebuildIndex(tables, stores.index(redis, law), console).rebuild(law);
      console.say(String.format(Locale.ROOT, "%s: %,d voters in Redis", law, voters));
    }
    return HashgenCommand.DONE;
  }
}
