package io.scrutin.store;

import io.scrutin.event.Bytes;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteId;
import java.util.Arrays;

/** Votes for tests: small numbers stand for voters and votes. */
final class Votes {
  static final String LAW = "law-1";

  private Votes() {}

  static VoteAccepted vote(int voter, int vote) {
    return new VoteAccepted(
        id(vote), LAW, tag(voter), new SealedChoice(1, "key-1", Bytes.of(new byte[] {1, 2, 3})));
  }

  static VoteId id(int number) {
    return VoteId.of(filled(VoteId.LENGTH_BYTES, number));
  }

  static Tag tag(int number) {
    return Tag.of(filled(Tag.LENGTH_BYTES, number));
  }

  private static byte[] filled(int length, int number) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) number);
    return bytes;
  }
}
