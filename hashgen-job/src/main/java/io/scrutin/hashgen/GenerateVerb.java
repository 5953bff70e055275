package io.scrutin.hashgen;

import io.scrutin.console.Surroundings;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.Sha256Tags;
import io.scrutin.hashgen.GenerateRoll.Generated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hashgen generate}. */
@Command(
    name = "generate",
    description = "Shards of hashes and a manifest for each law of a CSV file.")
final class GenerateVerb implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Console console;

  @Option(names = "--in", required = true, description = "CSV: nas, code, law_id")
  private Path in = Path.of("");

  @Option(names = "--out", required = true, description = "folder of the rolls")
  private Path out = Path.of("");

  @Option(names = "--allow-bad", defaultValue = "0", description = "bad rows let pass")
  private int allowBad;

  @Option(
      names = "--scheme",
      defaultValue = HmacTags.NAME,
      description = "sha256 only for an older roll: its codes can be found by trying")
  private String scheme = HmacTags.NAME;

  @Option(
      names = "--shard-size",
      defaultValue = "" + GenerateRoll.SHARD_COUNT,
      description = "the most hashes of a shard")
  private int shardSize;

  @Spec private CommandSpec spec = CommandSpec.create();

  GenerateVerb(Surroundings surroundings, Console console) {
    this.surroundings = surroundings;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RollRefused {
    if (shardSize < 1 || shardSize > GenerateRoll.SHARD_COUNT) {
      throw HashgenCommand.wrongUsage(spec, "--shard-size is 1 to " + GenerateRoll.SHARD_COUNT);
    }
    GenerateRoll generate = new GenerateRoll(key(), shardSize, console);
    Generated generated = generate.generate(in, out, allowBad);
    generated.bad().print(console.err());
    generated.repeats().print(console.err());
    if (generated.bad().count() > allowBad) {
      console.err().println(generated.bad().count() + " bad rows: nothing was generated");
      return HashgenCommand.BAD_ROWS;
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
    return HashgenCommand.DONE;
  }

  private RollKey key() {
    return switch (scheme) {
      case HmacTags.NAME -> RollKey.hmac(surroundings.path(Surroundings.PEPPER_FILE));
      case Sha256Tags.NAME -> RollKey.sha256();
      default ->
          throw HashgenCommand.wrongUsage(
              spec, "--scheme is " + HmacTags.NAME + " or " + Sha256Tags.NAME);
    };
  }
}
