package io.scrutin.submit;

import io.scrutin.ballot.BallotKeyPair;
import io.scrutin.ballot.BallotKeys;
import io.scrutin.event.Contest;
import io.scrutin.event.LocalText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** A contest to vote in, and votes for it. The credentials are the textbook's and nobody's. */
final class Samples {
  static final BallotKeyPair KEYS = BallotKeys.generate("k1");
  static final Instant OPENS = Instant.parse("2026-11-01T12:00:00Z");
  static final Instant CLOSES = Instant.parse("2026-11-02T12:00:00Z");
  static final String NAS = "046 454 286";
  static final String OTHER_NAS = "130692544";
  static final String CODE = "ABC123XY";

  private Samples() {}

  static Contest contest(String lawId, Instant opensAt, Instant closesAt) {
    return new Contest(
        lawId,
        new LocalText("Loi d'essai", "Trial law"),
        new LocalText("Êtes-vous pour ?", "Are you in favour?"),
        List.of(
            new Contest.Choice("oui", new LocalText("Oui", "Yes")),
            new Contest.Choice("non", new LocalText("Non", "No"))),
        opensAt,
        closesAt,
        new Contest.ResultsPolicy(Contest.ResultsPolicy.Visibility.LIVE, 1),
        "hmac-sha256",
        new Contest.BallotKey(KEYS.keyId(), KEYS.publicKey()));
  }

  static String vote(String nas, String code, String lawId, String choice) {
    return "{\"nas\":\"%s\",\"code\":\"%s\",\"law_id\":\"%s\",\"vote\":\"%s\"}"
        .formatted(nas, code, lawId, choice);
  }

  static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
