package io.scrutin.credential;

import static io.scrutin.credential.Canonical.utf8;

import io.scrutin.event.Tag;

/**
 * HMAC-SHA-256 under the contest's pepper, of NAS, code and law in their {@linkplain Canonical
 * canonical encoding} under the label {@value #LABEL}. Who has the roll but not the pepper can try
 * no code.
 */
public final class HmacTags implements TagScheme {
  public static final String NAME = "hmac-sha256";

  static final String LABEL = "scrutin tag 1";

  private final KeyedHash pepper;

  /**
   * @param pepper at least 32 bytes that nobody can guess
   */
  public HmacTags(byte[] pepper) {
    this.pepper = new KeyedHash(pepper);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tag tag(Nas nas, Code code, String lawId) {
    return Tag.of(
        pepper.of(Canonical.of(LABEL, utf8(nas.digits()), utf8(code.text()), utf8(lawId))));
  }
}
