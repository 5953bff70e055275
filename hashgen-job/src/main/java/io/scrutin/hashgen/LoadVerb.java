package io.scrutin.hashgen;

import io.scrutin.console.Surroundings;
import io.scrutin.credential.HmacTags;
import io.scrutin.hashgen.CheckKey.Checked;
import io.scrutin.hashgen.CheckKey.Expected;
import io.scrutin.hashgen.LoadRoll.Loaded;
import io.scrutin.redis.RedisLink;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hashgen load}. */
@Command(
    name = "load",
    description = "Shards into Postgres and Redis; goes on where a crash stopped it.")
final class LoadVerb implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Stores stores;
  private final Console console;

  @Option(names = "--in", required = true, description = "a roll, or a folder of rolls")
  private Path in = Path.of("");

  @Option(
      names = "--key-id",
      description = "of submit's pepper, as generate prints it, where its file is not")
  private @Nullable String keyId;

  @Spec private CommandSpec spec = CommandSpec.create();

  LoadVerb(Surroundings surroundings, Stores stores, Console console) {
    this.surroundings = surroundings;
    this.stores = stores;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SQLException, RedisAway, RollRefused {
    if (keyId != null && !RollKey.isId(keyId)) {
      throw HashgenCommand.wrongUsage(
          spec, "--key-id has 16 digits, 0 to 9 and a to f, as generate prints it");
    }
    List<RollFolder> rolls = RollFolder.in(in);
    if (rolls.isEmpty()) {
      console.say("no roll in " + in + ": nothing to load");
    }
    for (RollFolder roll : rolls) {
      checkKey(roll.manifest());
    }
    for (RollFolder roll : rolls) {
      load(roll);
    }
    return HashgenCommand.DONE;
  }

  private void checkKey(Manifest roll) throws RollRefused {
    List<Expected> expected = new ArrayList<>();
    if (surroundings.has(Surroundings.PEPPER_FILE) && roll.scheme().equals(HmacTags.NAME)) {
      RollKey submits = RollKey.hmac(surroundings.path(Surroundings.PEPPER_FILE));
      expected.add(new Expected(submits.keyId(), Surroundings.PEPPER_FILE));
    }
    if (keyId != null) {
      expected.add(new Expected(keyId, "--key-id"));
    }
    switch (CheckKey.check(roll, expected)) {
      case Checked.Same _ -> {}
      case Checked.NothingToCompare nothing ->
          throw HashgenCommand.wrongUsage(spec, nothing.advice());
      case Checked.Other other -> throw new RollRefused(other.reason());
    }
  }

  private void load(RollFolder roll) throws IOException, SQLException, RedisAway, RollRefused {
    String law = roll.manifest().lawId();
    try (RollTables tables = stores.tables();
        RedisLink redis = stores.redis()) {
      Loaded loaded = new LoadRoll(tables, stores.index(redis, law), roll, console).load();
      String count = String.format(Locale.ROOT, "%,d", roll.manifest().count());
      console.say(
          switch (loaded) {
            case COMPLETE -> law + ": complete with " + count + " voters";
            case NOTHING_NEW -> law + ": was complete with " + count + " voters, nothing to do";
          });
    }
  }
}
