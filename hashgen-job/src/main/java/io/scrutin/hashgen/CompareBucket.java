package io.scrutin.hashgen;

import io.scrutin.credential.RollBuckets;
import io.scrutin.hashgen.Difference.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** One bucket of the roll, as shards, Postgres and Redis have it. */
final class CompareBucket {
  private CompareBucket() {}

  /**
   * @param shards sorted, as is {@code postgres}
   */
  static List<Difference> postgres(List<byte[]> shards, List<byte[]> postgres) {
    List<Difference> found = new ArrayList<>();
    int left = 0;
    int right = 0;
    while (left < shards.size() || right < postgres.size()) {
      int order = order(shards, left, postgres, right);
      if (order < 0) {
        found.add(tag(Kind.NOT_IN_POSTGRES, shards.get(left)));
      } else if (order > 0) {
        found.add(tag(Kind.ONLY_IN_POSTGRES, postgres.get(right)));
      }
      left += order <= 0 ? 1 : 0;
      right += order >= 0 ? 1 : 0;
    }
    return found;
  }

  /** What is left when one side is over comes before nothing. */
  private static int order(List<byte[]> shards, int left, List<byte[]> postgres, int right) {
    if (left == shards.size()) {
      return 1;
    }
    return right == postgres.size()
        ? -1
        : Arrays.compareUnsigned(shards.get(left), postgres.get(right));
  }

  private static Difference tag(Kind kind, byte[] tag) {
    return new Difference(kind, HexFormat.of().formatHex(tag));
  }

  static List<Difference> redis(int bucket, List<byte[]> shards, long[] members) {
    List<Difference> found = new ArrayList<>();
    long[] sorted = members.clone();
    Arrays.sort(sorted);
    if (Arrays.binarySearch(sorted, RollBuckets.SENTINEL) < 0) {
      found.add(new Difference(Kind.NO_SENTINEL, hex(bucket)));
    }
    long[] expected = shards.stream().mapToLong(RollBuckets::prefix).sorted().toArray();
    for (byte[] tag : shards) {
      if (Arrays.binarySearch(sorted, RollBuckets.prefix(tag)) < 0) {
        found.add(tag(Kind.NOT_IN_REDIS, tag));
      }
    }
    for (long member : sorted) {
      if (member != RollBuckets.SENTINEL && Arrays.binarySearch(expected, member) < 0) {
        String digits = HexFormat.of().toHexDigits(member);
        found.add(new Difference(Kind.ONLY_IN_REDIS, hex(bucket) + " has " + digits));
      }
    }
    return found;
  }

  private static String hex(int bucket) {
    return HexFormat.of().toHexDigits((short) bucket);
  }
}
