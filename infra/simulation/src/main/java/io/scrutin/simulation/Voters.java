package io.scrutin.simulation;

import io.scrutin.credential.VoteIds;
import io.scrutin.event.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everybody who votes, and how: once, again with the same key, twice, at the same time, too late.
 */
final class Voters {
  private static final int LONGEST_PATIENCE_MILLIS = 20_000;
  private static final int MOST_RETRIES = 6;
  private static final int RUSHES = 6;
  private static final int RUSH_MILLIS = 500;

  private final World world;
  private final Deployment deployment;
  private final Ledger ledger;
  private final VoteIds voteIds;
  private final Chance chance;
  private final Duration span;
  private final List<Duration> rushes = new ArrayList<>();
  private int planned;
  private int sent;

  Voters(World world, Deployment deployment, Ledger ledger, Election election, Duration span) {
    this.world = world;
    this.deployment = deployment;
    this.ledger = ledger;
    this.voteIds = new VoteIds(election.requestIdKey());
    this.span = span;
    this.chance = world.chance().split();
  }

  int sent() {
    return sent;
  }

  /**
   * Not all on the roll vote.
   *
   * @param votes at least so many are sent, those not counted that are sent again for want of an
   *     answer
   */
  void plan(List<Tag> onRoll, List<Tag> offRoll, int votes) {
    for (int rush = 0; rush < RUSHES; rush++) {
      rushes.add(anyTime());
    }
    offRoll.forEach(tag -> plan(tag, false));
    for (Tag tag : onRoll) {
      if (planned < votes) {
        plan(tag, true);
      }
    }
    if (planned < votes) {
      throw new IllegalStateException("too few are on the roll to send " + votes);
    }
  }

  private void plan(Tag tag, boolean isOnRoll) {
    Duration first = sometime();
    vote(tag, "first", isOnRoll, first);
    switch (chance.nextInt(10)) {
      // Posted twice at once, as a browser does that saw no answer.
      case 0 -> vote(tag, "first", isOnRoll, first);
      // Two tabs, two choices.
      case 1 -> vote(tag, "second", isOnRoll, first);
      case 2, 3 -> vote(tag, "second", isOnRoll, sometime());
      // The same key again, long after.
      case 4 -> vote(tag, "first", isOnRoll, sometime());
      default -> {}
    }
  }

  private Duration anyTime() {
    return Duration.ofMillis(chance.nextLong(span.toMillis()));
  }

  /** Half of all come when many do. */
  private Duration sometime() {
    return chance.nextBoolean()
        ? anyTime()
        : rushes.get(chance.nextInt(RUSHES)).plusMillis(chance.nextInt(RUSH_MILLIS));
  }

  private void vote(Tag tag, String key, boolean isOnRoll, Duration when) {
    String choice = Election.CHOICES.get(Math.floorMod(tag.hashCode() + key.hashCode(), 3));
    Ledger.Sent vote = ledger.vote(voteIds.fromIdempotencyKey(tag, key), tag, choice, isOnRoll);
    planned++;
    world.after(when, () -> send(vote, 0));
  }

  private void send(Ledger.Sent vote, int retries) {
    sent++;
    ledger.sentAt(world.nanos());
    deployment.door.send(
        vote,
        heard -> {
          if (!heard && retries < MOST_RETRIES) {
            Duration patience = Duration.ofMillis(chance.nextInt(LONGEST_PATIENCE_MILLIS));
            world.after(patience, () -> send(vote, retries + 1));
          }
        });
  }

  /** One that makes verify fail, alone and with whatever is in its batch. */
  void plantBreaking(Tag tag) {
    Ledger.Sent vote = ledger.vote(voteIds.fromIdempotencyKey(tag, "breaking"), tag, "oui", true);
    vote.breaksVerify = true;
    world.after(sometime(), () -> send(vote, 0));
  }

  /** Somebody is always late; their votes are what shows that a function works. */
  void trickle(Tag tag, int number) {
    Ledger.Sent vote =
        ledger.vote(voteIds.fromIdempotencyKey(tag, "late" + number), tag, "non", false);
    send(vote, 0);
  }
}
