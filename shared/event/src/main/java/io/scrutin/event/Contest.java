package io.scrutin.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One question put to the voters: what they see, when they may answer, and under which keys. */
public record Contest(
    String lawId,
    LocalText title,
    LocalText question,
    List<Choice> choices,
    Instant opensAt,
    Instant closesAt,
    ResultsPolicy policy,
    String tagScheme,
    BallotKey ballotKey) {

  /** An answer that a ballot may give. */
  public record Choice(String id, LocalText label) {
    /** In UTF-8: ballots have room for no more, and nobody could vote for a longer one. */
    public static final int MAX_ID_BYTES = 64;

    public Choice {
      if (id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
        throw new IllegalArgumentException("choice id has 1 to " + MAX_ID_BYTES + " bytes");
      }
      Checks.name("choice id", id, MAX_ID_BYTES);
    }
  }

  /** The public half of the key that ballots are sealed to. */
  public record BallotKey(String keyId, Bytes publicKey) {
    public BallotKey {
      Checks.name("keyId", keyId, 64);
      if (publicKey.length() != 32) {
        throw new IllegalArgumentException("an X25519 public key has 32 bytes");
      }
    }
  }

  /**
   * When counts become visible. Ballots are separated from their envelopes in groups of at least
   * {@code groupSize}; with a group of one, whoever sees the counts change may guess whose vote it
   * was, so only a demonstration uses it.
   */
  public record ResultsPolicy(Visibility visibility, int groupSize) {
    public enum Visibility {
      LIVE,
      AT_CLOSE
    }

    public ResultsPolicy {
      if (groupSize < 1 || groupSize > 1_000_000) {
        throw new IllegalArgumentException("groupSize is 1 to 1,000,000");
      }
    }
  }

  public static final int MAX_CHOICES = 500;

  public Contest {
    Checks.lawId(lawId);
    choices = List.copyOf(choices);
    if (choices.size() < 2 || choices.size() > MAX_CHOICES) {
      throw new IllegalArgumentException("a contest has 2 to " + MAX_CHOICES + " choices");
    }
    Set<String> ids = new HashSet<>();
    for (Choice choice : choices) {
      if (!ids.add(choice.id())) {
        throw new IllegalArgumentException("two choices have the same id");
      }
    }
    if (!closesAt.isAfter(opensAt)) {
      throw new IllegalArgumentException("a contest closes after it opens");
    }
    Checks.name("tagScheme", tagScheme, 32);
  }

  public boolean hasChoice(String choiceId) {
    return choices.stream().anyMatch(choice -> choice.id().equals(choiceId));
  }

  /** The instant of closing itself is too late. */
  public boolean isOpenAt(Instant moment) {
    return !moment.isBefore(opensAt) && moment.isBefore(closesAt);
  }

  /** Whether its policy lets counts be seen. */
  public boolean showsCountsAt(Instant moment) {
    return switch (policy.visibility()) {
      case LIVE -> true;
      case AT_CLOSE -> !moment.isBefore(closesAt);
    };
  }

  /** The same contest, closing at another moment. */
  public Contest closingAt(Instant moment) {
    return moment.equals(closesAt)
        ? this
        : new Contest(
            lawId, title, question, choices, opensAt, moment, policy, tagScheme, ballotKey);
  }
}
