package io.scrutin.credential;

import static io.scrutin.credential.Canonical.utf8;

import io.scrutin.event.Tag;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * SHA-256 of {@code NAS|CODE|law}: the tags of older rolls, for those who must read one. Who sees
 * such a tag and knows the NAS finds a code of 6 characters in about 4 minutes on one core, so no
 * contest gets it unless it asks for it by name.
 */
public final class Sha256Tags implements TagScheme {
  public static final String NAME = "sha256";

  @Override
  public String name() {
    return NAME;
  }

  /** Neither NAS nor code can hold the separator, so what follows the second one is the law. */
  @Override
  public Tag tag(Nas nas, Code code, String lawId) {
    try {
      byte[] credential = utf8(nas.digits() + "|" + code.text() + "|" + lawId);
      return Tag.of(MessageDigest.getInstance("SHA-256").digest(credential));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has SHA-256", absent);
    }
  }
}
