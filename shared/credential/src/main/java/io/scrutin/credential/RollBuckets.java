package io.scrutin.credential;

import io.scrutin.event.Tag;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Where Redis keeps what it knows of a tag. Tags are spread over buckets by their first bits, so
 * that keys are spread over a cluster's slots and each stays small enough for Redis's compact
 * forms: 8 million voters make 244 members a bucket, half of what an intset may hold.
 */
public final class RollBuckets {
  private static final int BUCKET_BITS = 15;

  public static final int BUCKETS = 1 << BUCKET_BITS;

  /**
   * A member of every bucket that has been loaded: without it, absence says nothing. That a voter's
   * prefix is this very number is as likely as that it equals one other voter's, 1 in 2^64.
   */
  public static final long SENTINEL = Long.MIN_VALUE;

  private static final int PREFIX_AT = 2;

  private RollBuckets() {}

  public static int bucket(Tag tag) {
    return bucket(tag.bytes().at(0), tag.bytes().at(1));
  }

  /** Of a tag's bytes, for those who go through millions. */
  public static int bucket(byte[] tag) {
    return bucket(tag[0], tag[1]);
  }

  private static int bucket(byte first, byte second) {
    return (((first & 0xff) << 8) | (second & 0xff)) >>> (16 - BUCKET_BITS);
  }

  /**
   * The braces are Redis's: what stands between them chooses the slot, so that a law's bucket has
   * one slot whatever the kind, and one script may use all its keys.
   */
  public static String key(String environment, String kind, String lawId, int bucket) {
    if (bucket < 0 || bucket >= BUCKETS) {
      throw new IllegalArgumentException("buckets are numbered 0 to " + (BUCKETS - 1));
    }
    String digits = HexFormat.of().toHexDigits((short) bucket);
    return environment + ":" + kind + ":{" + lawId + ":" + digits + "}";
  }

  /** 64 bits of the tag after those that chose the bucket. */
  public static long prefix(Tag tag) {
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = (prefix << 8) | (tag.bytes().at(PREFIX_AT + i) & 0xff);
    }
    return prefix;
  }

  /** Of a tag's bytes, for those who go through millions. */
  public static long prefix(byte[] tag) {
    return ByteBuffer.wrap(tag).getLong(PREFIX_AT);
  }
}
