package io.scrutin.hashgen;

import io.scrutin.credential.RollBuckets;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The tags of one bucket after the other. */
final class BucketStream {
  private final TagSource tags;
  private byte[] ahead;

  BucketStream(TagSource tags) throws IOException, SQLException, RollRefused {
    this.tags = tags;
    this.ahead = tags.next();
  }

  /**
   * @param bucket a greater one each time
   * @return none if nobody is in it
   */
  List<byte[]> take(int bucket) throws IOException, SQLException, RollRefused {
    List<byte[]> taken = new ArrayList<>();
    while (ahead.length > 0 && RollBuckets.bucket(ahead) == bucket) {
      taken.add(ahead);
      ahead = tags.next();
    }
    return taken;
  }
}
