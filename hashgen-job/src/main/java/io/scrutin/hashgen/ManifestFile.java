package io.scrutin.hashgen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.scrutin.event.Bytes;
import io.scrutin.hashgen.Manifest.Shard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code manifest.json}: equal rolls have equal manifests, byte for byte. */
final class ManifestFile {
  static final String NAME = "manifest.json";

  private static final int MAX_BYTES = 16 * 1024 * 1024;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxStringLength(256)
                  .maxNameLength(64)
                  .maxNumberLength(20)
                  .build())
          .build();

  private ManifestFile() {}

  static byte[] json(Manifest manifest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeNumberField("version", Manifest.VERSION);
      out.writeStringField("law_id", manifest.lawId());
      out.writeStringField("scheme", manifest.scheme());
      out.writeStringField("key_id", manifest.keyId());
      out.writeNumberField("count", manifest.count());
      out.writeArrayFieldStart("shards");
      for (Shard shard : manifest.shards()) {
        out.writeStartObject();
        out.writeStringField("file", shard.file());
        out.writeStringField("sha256", shard.sha256().hex());
        out.writeNumberField("bytes", shard.bytes());
        out.writeNumberField("count", shard.count());
        out.writeNumberField("first_bucket", shard.firstBucket());
        out.writeNumberField("last_bucket", shard.lastBucket());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new IllegalStateException("memory refused a write", impossible);
    }
    return bytes.toByteArray();
  }

  static byte[] read(Path file) throws IOException, RollRefused {
    if (Files.size(file) > MAX_BYTES) {
      throw new RollRefused(file + " is larger than any manifest");
    }
    return Files.readAllBytes(file);
  }

  static Manifest parse(Path file, byte[] json) throws RollRefused {
    try (JsonParser in = JSON.createParser(json)) {
      Manifest manifest = manifest(in);
      if (in.nextToken() != null) {
        throw new IllegalArgumentException("it is more than one JSON value");
      }
      return manifest;
    } catch (JsonProcessingException malformed) {
      throw new RollRefused(file + ": is no manifest: not the JSON it should be");
    } catch (IllegalArgumentException wrong) {
      throw new RollRefused(file + ": is no manifest of a roll: " + wrong.getMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException("memory refused a read", impossible);
    }
  }

  private static Manifest manifest(JsonParser in) throws IOException {
    expect(in, JsonToken.START_OBJECT);
    if (number(in, "version") != Manifest.VERSION) {
      throw new IllegalArgumentException("its version is not " + Manifest.VERSION);
    }
    String lawId = text(in, "law_id");
    String scheme = text(in, "scheme");
    String keyId = text(in, "key_id");
    long count = number(in, "count");
    field(in, "shards");
    expect(in, JsonToken.START_ARRAY);
    List<Shard> shards = new ArrayList<>();
    while (in.nextToken() == JsonToken.START_OBJECT) {
      String file = text(in, "file");
      Bytes sha256 = Bytes.ofHex(text(in, "sha256"));
      long bytes = number(in, "bytes");
      int size = Math.toIntExact(number(in, "count"));
      int firstBucket = Math.toIntExact(number(in, "first_bucket"));
      int lastBucket = Math.toIntExact(number(in, "last_bucket"));
      shards.add(new Shard(file, sha256, bytes, size, firstBucket, lastBucket));
      expect(in, JsonToken.END_OBJECT);
    }
    expect(in, JsonToken.END_OBJECT);
    return new Manifest(lawId, scheme, keyId, count, shards);
  }

  /** The fields stand in the order in which they are written: nothing else writes them. */
  static void field(JsonParser in, String name) throws IOException {
    if (in.nextToken() != JsonToken.FIELD_NAME || !name.equals(in.currentName())) {
      throw new IllegalArgumentException("it has no " + name + " where one should be");
    }
  }

  static String text(JsonParser in, String name) throws IOException {
    field(in, name);
    expect(in, JsonToken.VALUE_STRING);
    return in.getText();
  }

  static long number(JsonParser in, String name) throws IOException {
    field(in, name);
    expect(in, JsonToken.VALUE_NUMBER_INT);
    return in.getLongValue();
  }

  static void expect(JsonParser in, JsonToken token) throws IOException {
    if (in.nextToken() != token) {
      throw new IllegalArgumentException("it is not built as a roll's files are");
    }
  }
}
