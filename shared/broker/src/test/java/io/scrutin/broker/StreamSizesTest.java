package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.Fact;
import io.scrutin.event.StreamName;
import io.scrutin.event.TallyUpdated;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteVerified;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sizing rule says of events, as the broker counts them. */
final class StreamSizesTest extends OnNats {
  @Test
  void aCastTakesNoMoreThanTheRuleSays() throws Exception {
    publisher.publish(cast(1)).join();
    assertThat(state(StreamName.CASTS).getByteCount()).isLessThan(StreamSizes.BYTES_PER_CAST);
  }

  @Test
  void nothingThatFollowsFromACastIsLargerThanIt() throws Exception {
    Event cast = cast(1);
    publisher.publish(cast).join();
    long largest = state(StreamName.CASTS).getByteCount();
    VoteCast fact = (VoteCast) cast.fact();
    for (Fact follow : followUps(fact)) {
      long before = state(StreamName.VOTES).getByteCount();
      publisher.publish(cast.then(follow, "verify", NOON)).join();
      assertThat(state(StreamName.VOTES).getByteCount() - before)
          .as(follow.type().type())
          .isLessThanOrEqualTo(largest);
    }
  }

  @Test
  void aSmallDiskHasRoomForFewerAttemptsButForEachVoter() {
    long nation = 8_000_000;
    StreamSizes rule = StreamSizes.forRoll(nation, 1);
    assertThat(StreamSizes.forRollIn(nation, rule.reservedBytes())).isEqualTo(rule);
    assertThat(StreamSizes.forRollIn(nation, Long.MAX_VALUE)).isEqualTo(rule);

    long room = rule.reservedBytes() * 2 / 3;
    StreamSizes fewer = StreamSizes.forRollIn(nation, room);
    assertThat(fewer.casts()).isBetween(nation, 2 * nation - 1);
    assertThat(fewer.reservedBytes()).isBetween(room - 6, room);

    assertThat(StreamSizes.forRollIn(nation, 1_000_000).casts()).isEqualTo(nation);
  }

  private static List<Fact> followUps(VoteCast cast) {
    return List.of(
        new VoteVerified(cast.voteId(), cast.lawId(), cast.tag(), cast.sealed()),
        new VoteAccepted(cast.voteId(), cast.lawId(), cast.tag(), cast.sealed()),
        new VoteRecorded(cast.voteId(), cast.lawId()),
        new VoteDuplicated(cast.voteId(), cast.lawId(), cast.tag()),
        new VoteRejected(cast.voteId(), cast.lawId(), VoteRejected.Reason.UNKNOWN_CREDENTIAL),
        new TallyUpdated(cast.lawId(), 8_000_000));
  }
}
