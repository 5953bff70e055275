package io.scrutin.ballot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** HKDF-SHA256 with the labels of RFC 9180, section 4, for one of its suites. */
final class LabeledHkdf {
  private static final byte[] VERSION = ascii("HPKE-v1");

  private final byte[] suite;

  private LabeledHkdf(byte[] suite) {
    this.suite = suite;
  }

  static LabeledHkdf of(String kind, int... ids) {
    ByteArrayOutputStream suite = new ByteArrayOutputStream();
    suite.writeBytes(ascii(kind));
    for (int id : ids) {
      suite.writeBytes(twoBytes(id));
    }
    return new LabeledHkdf(suite.toByteArray());
  }

  byte[] extract(byte[] salt, String label, byte[] keyMaterial) {
    HKDFParameterSpec.Builder extract =
        HKDFParameterSpec.ofExtract().addIKM(join(VERSION, suite, ascii(label), keyMaterial));
    // No salt is one of zeros (RFC 5869, section 2.2), and the JDK takes no empty one.
    return derive(salt.length == 0 ? extract.extractOnly() : extract.addSalt(salt).extractOnly());
  }

  byte[] expand(byte[] prk, String label, byte[] info, int length) {
    byte[] labeled = join(twoBytes(length), VERSION, suite, ascii(label), info);
    return derive(HKDFParameterSpec.expandOnly(new SecretKeySpec(prk, "Generic"), labeled, length));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] derive(AlgorithmParameterSpec spec) {
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(spec);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("JDK 25 has HKDF-SHA256", absent);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] twoBytes(int number) {
    return new byte[] {(byte) (number >>> 8), (byte) number};
  }
}
