package io.scrutin.books;

import io.scrutin.credential.RollBuckets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up, bucket by bucket, where Redis and the roll differ. */
final class IndexComparison {
  private static final int SHOWN_DIGITS = 8;

  private final List<String> extra = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private long extraTotal;
  private long missingTotal;
  private long buckets;
  private long onRoll;
  private long inRedis;
  private long idleClaims;

  /**
   * @param members none stands for what is no number
   */
  void bucket(int bucket, List<Long> voters, List<@Nullable Long> members) {
    Set<@Nullable Long> present = new HashSet<>(members);
    // Without it the bucket was never loaded whole: nobody believes what it lacks or has.
    if (!present.remove(RollBuckets.SENTINEL)) {
      return;
    }
    buckets++;
    Set<Long> expected = new HashSet<>(voters);
    onRoll += voters.size();
    // Two voters of one bucket with the same prefix, one chance in 10^15, are one member.
    inRedis += present.size() + voters.size() - expected.size();
    for (Long voter : expected) {
      if (!present.contains(voter) && ++missingTotal <= Balance.MOST_LISTED) {
        missing.add(name(bucket, voter));
      }
    }
    for (Long member : present) {
      if (!expected.contains(member) && ++extraTotal <= Balance.MOST_LISTED) {
        extra.add(name(bucket, member));
      }
    }
  }

  /** Enough to find the one among the bucket's few hundred, and half of what Redis knows of it. */
  private static String name(int bucket, @Nullable Long prefix) {
    String digits =
        prefix == null
            ? "not a number"
            : HexFormat.of().toHexDigits(prefix.longValue()).substring(0, SHOWN_DIGITS) + "…";
    return "bucket " + HexFormat.of().toHexDigits((short) bucket) + " member " + digits;
  }

  void claims(List<Long> participants, List<@Nullable Long> claims) {
    Set<@Nullable Long> idle = new HashSet<>(claims);
    participants.forEach(idle::remove);
    idleClaims += idle.size();
  }

  Figures.Index figures() {
    return new Figures.Index(buckets, onRoll, inRedis, idleClaims);
  }

  Map<Discrepancy, Listed> listed() {
    return Map.of(
        Discrepancy.EXTRA_IN_INDEX, new Listed(extraTotal, extra),
        Discrepancy.MISSING_IN_INDEX, new Listed(missingTotal, missing));
  }
}
