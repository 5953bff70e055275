package io.scrutin.hashgen;

import io.scrutin.console.ProgressBar;
import io.scrutin.credential.RollBuckets;
import io.scrutin.hashgen.RollIndex.Bucket;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Redis from Postgres, for when Redis was lost or is not trusted. Each bucket is replaced whole, so
 * that voters are found throughout and what does not belong there is gone.
 */
final class RebuildIndex {
  private final RollTables tables;
  private final RollIndex index;
  private final Console console;

  RebuildIndex(RollTables tables, RollIndex index, Console console) {
    this.tables = tables;
    this.index = index;
    this.console = console;
  }

  /** How many voters the index has now. */
  long rebuild(String lawId) throws IOException, SQLException, RedisAway, RollRefused {
    LockRoll.lock(tables, lawId, console);
    Optional<KnownRoll> known = tables.find(lawId);
    if (known.isEmpty() || !known.get().complete()) {
      throw new RollRefused(
          lawId + " has no complete roll in Postgres to build an index from: load it first");
    }
    long voters = 0;
    try (VoterStream stream = tables.read(known.get().number());
        ProgressBar bar = console.bar("rebuild", known.get().size())) {
      BucketStream buckets = new BucketStream(stream);
      for (int from = 0; from < RollBuckets.BUCKETS; from += RollIndex.BUCKETS_AT_ONCE) {
        List<Bucket> some = new ArrayList<>();
        int count = 0;
        for (int i = from; i < from + RollIndex.BUCKETS_AT_ONCE; i++) {
          some.add(new Bucket(i, buckets.take(i)));
          count += some.getLast().tags().size();
        }
        index.fill(some);
        bar.advance(count);
        voters += count;
      }
    }
    return voters;
  }
}
