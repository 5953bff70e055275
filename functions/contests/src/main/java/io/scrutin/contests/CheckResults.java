package io.scrutin.contests;

import io.micronaut.json.JsonMapper;
import java.io.IOException;

/**
 * Says whether a results document is what somebody signed, for auditors who have only the files.
 */
final class CheckResults {
  /** What was found. That a key signed says nothing of whose it is: anybody can make one. */
  sealed interface Checked {
    record Signed(ResultsDocument document, PublicSigningKey key) implements Checked {}

    record Doubtful(String why) implements Checked {}
  }

  static final Checked NOT_OURS = new Checked.Doubtful("it is no results document of ours");

  private CheckResults() {}

  static Checked check(JsonMapper json, byte[] document, byte[] signature) {
    try {
      ResultsDocument read = json.readValue(document, ResultsDocument.class);
      if (read == null) {
        return NOT_OURS;
      }
      PublicSigningKey key = PublicSigningKey.ofBase64(read.signingKey());
      if (!read.format().equals(ResultsDocument.FORMAT)) {
        return new Checked.Doubtful("its format is not " + ResultsDocument.FORMAT);
      }
      if (!key.keyId().equals(read.signingKeyId())) {
        return new Checked.Doubtful("it names another key than it holds");
      }
      if (!key.verifies(document, signature)) {
        return new Checked.Doubtful("the signature does not fit: a byte of it was changed");
      }
      return new Checked.Signed(read, key);
    } catch (IOException | IllegalArgumentException unreadable) {
      return NOT_OURS;
    }
  }
}
