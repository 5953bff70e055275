package io.scrutin.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Objects;

/**
 * The limits that the records' constructors hold, as JSON Schema says them. By the component's
 * name: the same name means the same thing in every record. That each is the records' own is
 * tested.
 */
sealed interface FieldLimits {
  void describe(ObjectNode schema);

  /** The same for people. */
  String words();

  /** Text of 1 to so many characters, not all of them blank. */
  record Text(int max) implements FieldLimits {
    @Override
    public void describe(ObjectNode schema) {
      schema.put("type", "string").put("minLength", 1).put("maxLength", max).put("pattern", "\\S");
    }

    @Override
    public String words() {
      return "text, up to " + max + " characters";
    }
  }

  record Law() implements FieldLimits {
    @Override
    public void describe(ObjectNode schema) {
      schema.put("type", "string").put("pattern", "^[A-Za-z0-9._-]{1,64}$");
    }

    @Override
    public String words() {
      return "law, up to 64 letters, digits, `-`, `_`, `.`";
    }
  }

  /** Bytes in base64, padded: four characters for every three of them. */
  record Base64(int minBytes, int maxBytes) implements FieldLimits {
    @Override
    public void describe(ObjectNode schema) {
      schema
          .put("type", "string")
          .put("contentEncoding", "base64")
          .put("minLength", chars(minBytes))
          .put("maxLength", chars(maxBytes))
          .put("pattern", "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$");
    }

    @Override
    public String words() {
      String count = minBytes == maxBytes ? "" + maxBytes : minBytes + " to " + maxBytes;
      return count + " bytes, base64";
    }

    private static int chars(int bytes) {
      return (bytes + 2) / 3 * 4;
    }
  }

  record WholeNumber(long min, long max) implements FieldLimits {
    @Override
    public void describe(ObjectNode schema) {
      schema.put("type", "integer").put("minimum", min).put("maximum", max);
    }

    @Override
    public String words() {
      return max < Integer.MAX_VALUE
          ? "whole number, " + min + " to " + max
          : "whole number, from " + min;
    }
  }

  static FieldLimits of(RecordComponent component) {
    return Objects.requireNonNull(
        BY_COMPONENT.get(component.getName()), "FieldLimits lacks " + component.getName());
  }

  Map<String, FieldLimits> BY_COMPONENT =
      Map.ofEntries(
          Map.entry("lawId", new Law()),
          Map.entry("fr", new Text(LocalText.MAX_LENGTH)),
          Map.entry("en", new Text(LocalText.MAX_LENGTH)),
          Map.entry("id", new Text(64)),
          Map.entry("keyId", new Text(64)),
          Map.entry("binding", new Text(64)),
          Map.entry("stream", new Text(64)),
          Map.entry("subject", new Text(200)),
          Map.entry("question", new Text(200)),
          Map.entry("reason", new Text(200)),
          Map.entry("tagScheme", new Text(32)),
          Map.entry("bytes", new Base64(1, SealedChoice.MAX_BYTES)),
          Map.entry("mac", new Base64(VoteCast.MAC_LENGTH_BYTES, VoteCast.MAC_LENGTH_BYTES)),
          Map.entry("publicKey", new Base64(32, 32)),
          Map.entry("message", new Base64(0, EventParked.MAX_MESSAGE_BYTES)),
          Map.entry("scheme", new WholeNumber(1, SealedChoice.MAX_SCHEME)),
          Map.entry("groupSize", new WholeNumber(1, 1_000_000)),
          Map.entry("attemptCount", new WholeNumber(1, Integer.MAX_VALUE)),
          Map.entry("sequence", new WholeNumber(0, Long.MAX_VALUE)),
          Map.entry("counted", new WholeNumber(0, Long.MAX_VALUE)));
}
