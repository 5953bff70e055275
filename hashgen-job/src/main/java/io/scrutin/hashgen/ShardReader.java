package io.scrutin.hashgen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Bytes;
import io.scrutin.event.Tag;
import io.scrutin.hashgen.Manifest.Shard;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads a shard once, and says at its end whether it was the manifest's: whoever uses what comes
 * before that has to be able to take it back.
 */
final class ShardReader implements TagSource, Closeable {
  private static final byte[] NO_MORE = new byte[0];

  private final Path file;
  private final Shard shard;
  private final MessageDigest digest = Sha256.digest();
  private final JsonParser in;
  private byte[] last = NO_MORE;
  private int count;

  /**
   * @param number of the shard in its manifest, from 1
   */
  ShardReader(Path folder, Manifest manifest, int number) throws IOException, RollRefused {
    this.shard = manifest.shards().get(number - 1);
    this.file = folder.resolve(shard.file());
    try {
      in =
          ManifestFile.JSON.createParser(new DigestInputStream(Files.newInputStream(file), digest));
    } catch (NoSuchFileException absent) {
      throw refused("it is missing");
    }
    try {
      ManifestFile.expect(in, JsonToken.START_OBJECT);
      boolean its =
          ManifestFile.number(in, "version") == Manifest.VERSION
              && ManifestFile.text(in, "law_id").equals(manifest.lawId())
              && ManifestFile.number(in, "shard") == number;
      if (!its) {
        throw new IllegalArgumentException("it is of another roll, or in another's place");
      }
      ManifestFile.field(in, "hashes");
      ManifestFile.expect(in, JsonToken.START_ARRAY);
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      in.close();
      throw refused("it does not begin as a shard does");
    }
  }

  @Override
  public byte[] next() throws IOException, RollRefused {
    try {
      if (in.nextToken() != JsonToken.VALUE_STRING) {
        end();
        return NO_MORE;
      }
      byte[] tag = parse(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
      checkPlace(tag);
      last = tag;
      count++;
      return tag;
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      throw refused("hash " + (count + 1) + " is not what and where it should be");
    }
  }

  private void checkPlace(byte[] tag) {
    int bucket = RollBuckets.bucket(tag);
    boolean ascending = last.length == 0 || Arrays.compareUnsigned(last, tag) < 0;
    if (!ascending || bucket < shard.firstBucket() || bucket > shard.lastBucket()) {
      throw new IllegalArgumentException("out of place");
    }
  }

  private static byte[] parse(char[] text, int offset, int length) {
    if (length != 2 * Tag.LENGTH_BYTES) {
      throw new IllegalArgumentException("no hash");
    }
    byte[] tag = new byte[Tag.LENGTH_BYTES];
    for (int i = 0; i < tag.length; i++) {
      int high = Character.digit(text[offset + 2 * i], 16);
      int low = Character.digit(text[offset + 2 * i + 1], 16);
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException("no hash");
      }
      tag[i] = (byte) ((high << 4) | low);
    }
    return tag;
  }

  private void end() throws IOException, RollRefused {
    boolean whole = in.currentToken() == JsonToken.END_ARRAY;
    if (!whole || in.nextToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
      throw new IllegalArgumentException("no end");
    }
    if (!Bytes.of(digest.digest()).equals(shard.sha256())) {
      throw refused("its SHA-256 is not that of the manifest");
    }
    if (count != shard.count()) {
      throw refused("it has " + count + " hashes, and the manifest says " + shard.count());
    }
  }

  private RollRefused refused(String why) {
    return new RollRefused(
        file + ": " + why + ". It was changed after it was generated: generate the roll again");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
