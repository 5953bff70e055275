package io.scrutin.hashgen;

import io.scrutin.credential.Canonical;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.KeyFile;
import io.scrutin.credential.KeyedHash;
import io.scrutin.credential.Sha256Tags;
import io.scrutin.credential.TagScheme;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What tags are made with.
 *
 * @param keyId tells two peppers apart and tells nothing of either: part of an HMAC under it
 */
record RollKey(TagScheme scheme, String keyId) {
  private static final String LABEL = "scrutin pepper id 1";
  private static final int KEY_ID_BYTES = 8;

  static RollKey hmac(Path pepperFile) {
    byte[] pepper = KeyFile.read(pepperFile);
    byte[] id = new KeyedHash(pepper).of(Canonical.of(LABEL));
    return new RollKey(
        new HmacTags(pepper), HexFormat.of().formatHex(Arrays.copyOf(id, KEY_ID_BYTES)));
  }

  /** Whether it could be that of a pepper. */
  static boolean isId(String text) {
    return text.matches("[0-9a-f]{" + 2 * KEY_ID_BYTES + "}");
  }

  /** Of older rolls: without a key. */
  static RollKey sha256() {
    return new RollKey(new Sha256Tags(), "none");
  }
}
