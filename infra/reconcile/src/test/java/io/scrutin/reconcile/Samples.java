package io.scrutin.reconcile;

import io.scrutin.event.Bytes;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;

/** The contest, voters and votes of an {@link Election}, by number, and how SQL writes them. */
final class Samples {
  static final String LAW = "C-12";

  private Samples() {}

  static Tag tag(int voter) {
    byte[] bytes = new byte[Tag.LENGTH_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((voter >> 8) * 29 + (voter & 0xff) * 37 + i * (11 + (voter >> 8)));
    }
    return Tag.of(bytes);
  }

  static VoteId vote(int number) {
    return VoteId.parse("%032x".formatted(number + 0xabc000));
  }

  static String id(int number) {
    return literal(vote(number).bytes());
  }

  static String literal(Bytes bytes) {
    return "'\\x" + bytes.hex() + "'::bytea";
  }

  static VoteCast castOf(int voter, VoteId vote) {
    Bytes mac = Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]);
    return new VoteCast(vote, LAW, tag(voter), sealed(), mac);
  }

  static SealedChoice sealed() {
    return new SealedChoice(1, "key", Bytes.of(new byte[64]));
  }
}
