package io.scrutin.hashgen;

import io.scrutin.event.Bytes;
import io.scrutin.hashgen.Manifest.Shard;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A generated roll: its manifest, and the folder of its shards. */
record RollFolder(Path folder, Manifest manifest, Bytes manifestSha256) {
  static RollFolder read(Path folder) throws IOException, RollRefused {
    Path file = folder.resolve(ManifestFile.NAME);
    byte[] json = ManifestFile.read(file);
    return new RollFolder(folder, ManifestFile.parse(file, json), Sha256.of(json));
  }

  /** The roll in a folder, or all those in folders inside it. */
  static List<RollFolder> in(Path folder) throws IOException, RollRefused {
    if (Files.exists(folder.resolve(ManifestFile.NAME))) {
      return List.of(read(folder));
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
      for (Path each : inside) {
        if (Files.exists(each.resolve(ManifestFile.NAME)) && found.size() < LawNumbers.MAX) {
          found.add(each);
        }
      }
    }
    List<RollFolder> rolls = new ArrayList<>();
    for (Path each : found.stream().sorted().toList()) {
      rolls.add(read(each));
    }
    return rolls;
  }

  /** The digests are looked at where shards are read; this tells a cut off file at once. */
  void checkSizes() throws IOException, RollRefused {
    for (Shard shard : manifest.shards()) {
      Path file = folder.resolve(shard.file());
      if (!Files.exists(file) || Files.size(file) != shard.bytes()) {
        throw new RollRefused(
            file + ": it is missing, or not of the size that the manifest says. Copy it again");
      }
    }
  }

  /**
   * @param number of the shard, from 1
   */
  ShardReader open(int number) throws IOException, RollRefused {
    return new ShardReader(folder, manifest, number);
  }
}
