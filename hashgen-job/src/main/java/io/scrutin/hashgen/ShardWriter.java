package io.scrutin.hashgen;

import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Bytes;
import io.scrutin.event.Tag;
import io.scrutin.hashgen.Manifest.Shard;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes sorted tags to shards, one hash a line. A shard ends at the end of a bucket, so that it
 * can be loaded into Redis by itself.
 */
final class ShardWriter {
  private static final int FLUSH_BYTES = 64 * 1024;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Path folder;
  private final String lawId;
  private final int maxCount;
  private final List<Shard> shards = new ArrayList<>();
  private final List<byte[]> bucket = new ArrayList<>();
  private int currentBucket;
  private int firstBucket;

  private final MessageDigest digest = Sha256.digest();
  private final byte[] buffer = new byte[FLUSH_BYTES + 256];
  private @Nullable OutputStream out;
  private int buffered;
  private long bytes;
  private int count;
  private long total;

  /**
   * @param maxCount of hashes in a shard
   */
  ShardWriter(Path folder, String lawId, int maxCount) {
    this.folder = folder;
    this.lawId = lawId;
    this.maxCount = maxCount;
  }

  /** In ascending order. */
  void add(byte[] tag) throws IOException, RollRefused {
    int its = RollBuckets.bucket(tag);
    if (its != currentBucket) {
      endBucket();
      currentBucket = its;
    }
    if (bucket.size() == maxCount) {
      throw new RollRefused(
          lawId + ": one bucket has more tags than a shard may: are they hashes?");
    }
    bucket.add(tag);
  }

  /** The last shard ends with the last bucket, whoever is in it. */
  List<Shard> finish() throws IOException {
    endBucket();
    endShard(RollBuckets.BUCKETS - 1);
    return List.copyOf(shards);
  }

  long total() {
    return total;
  }

  private void endBucket() throws IOException {
    if (count + bucket.size() > maxCount) {
      endShard(currentBucket - 1);
    }
    for (byte[] tag : bucket) {
      write(tag);
    }
    bucket.clear();
  }

  private void write(byte[] tag) throws IOException {
    begin();
    if (count > 0) {
      buffer[buffered++] = ',';
    }
    buffer[buffered++] = '\n';
    buffer[buffered++] = '"';
    for (int i = 0; i < Tag.LENGTH_BYTES; i++) {
      buffer[buffered++] = HEX[(tag[i] >> 4) & 0xf];
      buffer[buffered++] = HEX[tag[i] & 0xf];
    }
    buffer[buffered++] = '"';
    count++;
    if (buffered >= FLUSH_BYTES) {
      flush();
    }
  }

  private OutputStream begin() throws IOException {
    if (out == null) {
      out = PrivateFile.open(folder.resolve(file()));
      String head =
          "{\"version\":%d,\"law_id\":\"%s\",\"shard\":%d,\"hashes\":["
              .formatted(Manifest.VERSION, lawId, shards.size() + 1);
      text(head);
    }
    return out;
  }

  private String file() {
    return String.format(Locale.ROOT, "shard-%04d.json", shards.size() + 1);
  }

  private void text(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, buffer, buffered, ascii.length);
    buffered += ascii.length;
  }

  private void flush() throws IOException {
    begin().write(buffer, 0, buffered);
    digest.update(buffer, 0, buffered);
    bytes += buffered;
    buffered = 0;
  }

  private void endShard(int lastBucket) throws IOException {
    begin();
    text("\n]}\n");
    flush();
    begin().close();
    Bytes sha256 = Bytes.of(digest.digest());
    shards.add(new Shard(file(), sha256, bytes, count, firstBucket, lastBucket));
    total += count;
    firstBucket = lastBucket + 1;
    out = null;
    bytes = 0;
    count = 0;
  }
}
