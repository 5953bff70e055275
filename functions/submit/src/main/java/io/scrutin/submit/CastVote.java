package io.scrutin.submit;

import io.scrutin.ballot.BallotSealer;
import io.scrutin.ballot.CastMac;
import io.scrutin.credential.TagScheme;
import io.scrutin.credential.VoteIds;
import io.scrutin.event.Contest;
import io.scrutin.event.Event;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a ballot into what may leave this process: a tag for who, a sealed choice for what, and the
 * proof that submit made it.
 */
final class CastVote {
  /** The name that its events bear. */
  static final String SOURCE = "submit";

  /** A scheme whose choice is one id of at most 64 characters; the rest is form. */
  static final int MAX_BODY_BYTES = 4096;

  /** A vote before it is sealed: enough to ask what became of it. */
  record Named(Ballot ballot, Tag tag, VoteId voteId) {}

  private final Map<String, TagScheme> tagSchemes;
  private final VoteIds voteIds;
  private final CastMac mac;
  private final Clock clock;
  private final Map<Contest.BallotKey, BallotSealer> sealers = new ConcurrentHashMap<>();

  CastVote(List<TagScheme> tagSchemes, VoteIds voteIds, CastMac mac, Clock clock) {
    this.tagSchemes =
        tagSchemes.stream().collect(Collectors.toMap(TagScheme::name, Function.identity()));
    this.voteIds = voteIds;
    this.mac = mac;
    this.clock = clock;
  }

  Named name(Ballot ballot, @Nullable String idempotencyKey) {
    TagScheme scheme = tagSchemes.get(ballot.contest().tagScheme());
    if (scheme == null) {
      throw new IllegalStateException(
          "contest "
              + ballot.contest().lawId()
              + " has tags of the scheme "
              + ballot.contest().tagScheme()
              + ", which is not enabled here");
    }
    Tag tag = scheme.tag(ballot.nas(), ballot.code(), ballot.contest().lawId());
    VoteId voteId =
        idempotencyKey == null ? voteIds.random() : voteIds.fromIdempotencyKey(tag, idempotencyKey);
    return new Named(ballot, tag, voteId);
  }

  Event cast(Named vote, @Nullable String traceparent) {
    Contest contest = vote.ballot().contest();
    SealedChoice sealed =
        sealers
            .computeIfAbsent(contest.ballotKey(), key -> new BallotSealer(key, clock))
            .seal(contest.lawId(), vote.voteId(), vote.ballot().choiceId());
    VoteCast cast =
        new VoteCast(
            vote.voteId(),
            contest.lawId(),
            vote.tag(),
            sealed,
            mac.of(vote.voteId(), contest.lawId(), vote.tag(), sealed));
    return Event.first(cast, SOURCE, clock.instant(), traceparent);
  }
}
