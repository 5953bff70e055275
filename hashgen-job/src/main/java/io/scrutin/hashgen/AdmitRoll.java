package io.scrutin.hashgen;

import io.scrutin.event.Bytes;
import java.util.Optional;

/** May this roll be loaded for its law? */
final class AdmitRoll {
  sealed interface Admission {
    /** The law has no roll. */
    record Begin() implements Admission {}

    /** It was announced, and nobody is on it. */
    record Replace(int number) implements Admission {}

    /** It is this one. */
    record GoOn(int number, boolean complete) implements Admission {}

    record Refuse(String reason) implements Admission {}
  }

  private AdmitRoll() {}

  static Admission decide(Manifest manifest, Bytes manifestSha256, Optional<KnownRoll> known) {
    if (known.isEmpty()) {
      return new Admission.Begin();
    }
    KnownRoll roll = known.get();
    if (roll.manifestSha256().equals(Optional.of(manifestSha256))) {
      return new Admission.GoOn(roll.number(), roll.complete());
    }
    if (!roll.hasVoters() && !roll.complete()) {
      return new Admission.Replace(roll.number());
    }
    String other =
        roll.keyId().equals(Optional.of(manifest.keyId()))
            ? "made from another manifest"
            : "made with another key: "
                + roll.keyId().orElse("none is known")
                + ", not "
                + manifest.keyId();
    return new Admission.Refuse(
        manifest.lawId()
            + " has another roll already, "
            + other
            + ". New tags beside the old ones"
            + " would give voters a second vote, so nothing was loaded");
  }
}
