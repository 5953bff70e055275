package io.scrutin.hashgen;

import io.scrutin.console.ProgressBar;
import io.scrutin.hashgen.BadRow.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A CSV file becomes a folder of shards for each law. Three passes, each within a small part of the
 * heap: rows are hashed into parts by the first bits of their tags, parts are sorted one by one,
 * and what is in order then is written as shards. The order of the file is gone afterwards.
 */
final class GenerateRoll {
  static final int SHARD_COUNT = 1_000_000;

  /** Reading, hashing and writing keep two cores busy. */
  private static final int WORKERS = 2;

  private final RollKey key;
  private final int shardCount;
  private final Console console;

  /**
   * @param shardCount the most hashes that a shard may have
   */
  GenerateRoll(RollKey key, int shardCount, Console console) {
    this.key = key;
    this.shardCount = shardCount;
    this.console = console;
  }

  /** What is wrong with the file, and what was made of it: nothing if too much is wrong. */
  record Generated(List<Manifest> rolls, BadRows bad, Repeats repeats) {
    Generated {
      rolls = List.copyOf(rolls);
    }
  }

  Generated generate(Path csv, Path out, int allowBad)
      throws IOException, InterruptedException, RollRefused {
    try (Workshop workshop = Workshop.in(out);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      try {
        return generate(csv, out, allowBad, workshop, workers);
      } finally {
        workers.shutdownNow();
      }
    }
  }

  private Generated generate(
      Path csv, Path out, int allowBad, Workshop workshop, ExecutorService workers)
      throws IOException, InterruptedException, RollRefused {
    BadRows bad = new BadRows();
    TagParts parts = new TagParts(workshop.folder("parts"));
    HashRows rows = new HashRows(key, workers, parts, bad);
    try (TextBlocks file = new TextBlocks(new BufferedInputStream(Files.newInputStream(csv)));
        ProgressBar bar = console.bar("hash", Files.size(csv))) {
      rows.read(file, bar);
    } finally {
      parts.closeAll();
    }
    Repeats repeats = sort(parts, workers);
    rows.nasLines().findAgain(Reason.OTHER_CODE, repeats.lines(), bad);
    if (rows.emptyLines() > 0) {
      console.say(rows.emptyLines() + " empty lines were passed over");
    }
    if (bad.count() > allowBad) {
      return new Generated(List.of(), bad, repeats);
    }
    List<Manifest> rolls = new ArrayList<>();
    long kept = rows.nasLines().count() - repeats.count();
    try (ProgressBar bar = console.bar("write", kept)) {
      for (int law = 0; law < rows.laws().size(); law++) {
        rolls.add(write(parts, law, rows.laws().get(law), bad.linesToDrop(), workshop, bar));
      }
    }
    publish(rolls, workshop, out);
    return new Generated(rolls, bad, repeats);
  }

  private Repeats sort(TagParts parts, ExecutorService workers) throws InterruptedException {
    List<Future<int[]>> sorting = new ArrayList<>();
    for (int part = 0; part < parts.count(); part++) {
      int its = part;
      sorting.add(workers.submit(() -> parts.sort(its)));
    }
    Repeats repeats = new Repeats();
    try (ProgressBar bar = console.bar("sort", parts.count())) {
      for (Future<int[]> part : sorting) {
        repeats.add(part.get());
        bar.advance(1);
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a part could not be sorted", failure.getCause());
    }
    return repeats;
  }

  private Manifest write(
      TagParts parts, int law, String lawId, int[] dropped, Workshop workshop, ProgressBar bar)
      throws IOException, RollRefused {
    Path folder = workshop.folder("law-" + law);
    ShardWriter writer = new ShardWriter(folder, lawId, shardCount);
    LawTags tags = new LawTags(parts, law, dropped);
    for (byte[] tag = tags.next(); tag.length > 0; tag = tags.next()) {
      writer.add(tag);
      bar.advance(1);
    }
    List<Manifest.Shard> shards = writer.finish();
    Manifest manifest =
        new Manifest(lawId, key.scheme().name(), key.keyId(), writer.total(), shards);
    try (OutputStream file = PrivateFile.open(folder.resolve(ManifestFile.NAME))) {
      file.write(ManifestFile.json(manifest));
    }
    return manifest;
  }

  /**
   * A folder appears whole, under its law's name. Of several laws some may have appeared when the
   * machine stops; each is complete in itself, and generating again finds it unchanged.
   */
  private void publish(List<Manifest> rolls, Workshop workshop, Path out)
      throws IOException, RollRefused {
    for (Manifest roll : rolls) {
      refuseToReplace(roll, out.resolve(roll.lawId()));
    }
    for (int law = 0; law < rolls.size(); law++) {
      Path target = out.resolve(rolls.get(law).lawId());
      if (!Files.exists(target)) {
        Files.move(workshop.folder("law-" + law), target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static void refuseToReplace(Manifest roll, Path target) throws IOException, RollRefused {
    if (Files.exists(target)) {
      Path manifest = target.resolve(ManifestFile.NAME);
      boolean same =
          Files.exists(manifest)
              && Arrays.equals(ManifestFile.read(manifest), ManifestFile.json(roll));
      if (!same) {
        throw new RollRefused(
            target + " holds something else already, perhaps a roll in use: choose another --out");
      }
    }
  }
}
