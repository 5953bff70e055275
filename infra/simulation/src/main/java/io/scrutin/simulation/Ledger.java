package io.scrutin.simulation;

import io.scrutin.event.Bytes;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the voters sent and were told: all that the checks believe. */
final class Ledger {
  /** A vote, however often it was sent. */
  static final class Sent {
    final VoteId voteId;
    final Tag tag;
    final String choice;
    final boolean onRoll;
    int times;

    /** How often a 202 was given, whether or not its voter still heard it. */
    int accepted;

    boolean breaksVerify;

    Sent(VoteId voteId, Tag tag, String choice, boolean onRoll) {
      this.voteId = voteId;
      this.tag = tag;
      this.choice = choice;
      this.onRoll = onRoll;
    }
  }

  private final Map<VoteId, Sent> votes = new LinkedHashMap<>();
  private final List<Bytes> poison = new ArrayList<>();
  private long lastSentNanos;

  Sent vote(VoteId voteId, Tag tag, String choice, boolean onRoll) {
    return votes.computeIfAbsent(voteId, _ -> new Sent(voteId, tag, choice, onRoll));
  }

  boolean knows(VoteId voteId) {
    return votes.containsKey(voteId);
  }

  Sent of(VoteId voteId) {
    Sent known = votes.get(voteId);
    if (known == null) {
      throw new Breach("phantom", "vote " + voteId + " was never sent");
    }
    return known;
  }

  Collection<Sent> votes() {
    return votes.values();
  }

  void sentAt(long nanos) {
    lastSentNanos = nanos;
  }

  long lastSentNanos() {
    return lastSentNanos;
  }

  void poison(byte[] body) {
    poison.add(Bytes.of(body));
  }

  List<Bytes> poison() {
    return poison;
  }

  boolean breaks(VoteId voteId) {
    Sent known = votes.get(voteId);
    return known != null && known.breaksVerify;
  }
}
