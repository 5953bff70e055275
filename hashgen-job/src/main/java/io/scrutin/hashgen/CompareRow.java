package io.scrutin.hashgen;

import io.scrutin.event.Bytes;
import io.scrutin.hashgen.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Postgres says of the roll as a whole, beside its manifest. */
final class CompareRow {
  private CompareRow() {}

  /**
   * @param loaded the shards that are recorded, by number, with their digests
   */
  static List<Difference> compare(
      Manifest manifest, Bytes manifestSha256, KnownRoll row, Map<Integer, Bytes> loaded) {
    List<Difference> found = new ArrayList<>();
    expect(row.complete(), "it is not complete", found);
    expect(row.size() == manifest.count(), "its size is " + row.size(), found);
    expect(row.scheme().equals(manifest.scheme()), "its scheme is another", found);
    expect(row.keyId().equals(Optional.of(manifest.keyId())), "its key is another", found);
    expect(
        row.manifestSha256().equals(Optional.of(manifestSha256)),
        "it is of another manifest",
        found);
    for (int shard = 1; shard <= manifest.shards().size(); shard++) {
      Bytes sha256 = manifest.shards().get(shard - 1).sha256();
      expect(
          Optional.of(sha256).equals(Optional.ofNullable(loaded.get(shard))),
          "shard " + shard + " is not recorded",
          found);
    }
    return found;
  }

  private static void expect(boolean holds, String otherwise, List<Difference> found) {
    if (!holds) {
      found.add(new Difference(Kind.ROLL, otherwise));
    }
  }
}
