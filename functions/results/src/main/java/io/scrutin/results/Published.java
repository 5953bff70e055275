package io.scrutin.results;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Results as they go out.
 *
 * @param version the same for the same JSON, on every instance: an entity tag, and an event id
 */
record Published(Results results, String json, String version) {
  private static final int VERSION_BYTES = 8;

  static Published of(Results results, String json) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return new Published(results, json, HexFormat.of().formatHex(digest, 0, VERSION_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** RFC 9110, section 8.8.3. */
  String entityTag() {
    return "\"" + version + "\"";
  }

  /** By RFC 9110 section 13.1.2: a list of tags, weak ones too, or any. */
  boolean matches(String ifNoneMatch) {
    for (String candidate : ifNoneMatch.split(",", -1)) {
      String tag = candidate.strip();
      if (tag.equals("*") || tag.equals(entityTag()) || tag.equals("W/" + entityTag())) {
        return true;
      }
    }
    return false;
  }
}
