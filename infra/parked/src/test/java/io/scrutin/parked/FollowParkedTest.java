package io.scrutin.parked;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Bytes;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.Fact;
import io.scrutin.event.ParkedPlace;
import io.scrutin.event.ReplayOrdered;
import io.scrutin.event.VoteId;
import io.scrutin.parked.FollowParked.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FollowParkedTest {
  private static final Instant STAMP = Instant.parse("2026-11-21T10:00:00.123456789Z");
  private static final VoteId VOTE = VoteId.of(new byte[VoteId.LENGTH_BYTES]);
  private static final EventParked PARKED = parked("verify", STAMP);
  private static final ReplayOrdered ORDERED = new ReplayOrdered(PARKED.place());
  private static final EventReplayed REPLAYED = new EventReplayed(PARKED.place());
  private static final Set<ParkedPlace> GIVEN_UP = Set.of(FollowParked.inMicros(PARKED.place()));
  private static final Map<VoteId, String> RECORDED = Map.of(VOTE, "recorded");

  private static EventParked parked(String binding, Instant stamp) {
    return new EventParked(
        binding, "CASTS", 7, "a.subject", stamp, "a reason", VOTE, "law", Bytes.of(new byte[9]));
  }

  private static List<Told> told(Fact... facts) {
    List<Told> told = new ArrayList<>();
    for (Fact fact : facts) {
      told.add(new Told(told.size() + 1, Instant.EPOCH.plusSeconds(told.size()), fact));
    }
    return told;
  }

  private static ParkedEntry one(
      Set<ParkedPlace> discarded, Map<VoteId, String> outcomes, Fact... facts) {
    List<ParkedEntry> entries = FollowParked.of(told(facts), discarded, outcomes);
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }

  private static Fate fate(Fact... facts) {
    return one(Set.of(), Map.of(), facts).fate();
  }

  @Test
  void followsAnEventFromItsParkingToItsReplay() {
    assertThat(fate(PARKED)).isEqualTo(Fate.OPEN);
    assertThat(fate(PARKED, ORDERED)).isEqualTo(Fate.ORDERED);
    assertThat(fate(PARKED, ORDERED, REPLAYED)).isEqualTo(Fate.REPLAYED);
  }

  @Test
  void isOpenAgainWhenItIsParkedAgain() {
    ParkedEntry again = one(Set.of(), Map.of(), PARKED, ORDERED, PARKED);
    assertThat(again.fate()).isEqualTo(Fate.OPEN);
    assertThat(again.times()).isEqualTo(2);
    assertThat(again.sequence()).isEqualTo(3);
  }

  @Test
  void knowsWhatWasGivenUpThoughPostgresKeepsMicroseconds() {
    assertThat(one(GIVEN_UP, Map.of(), PARKED).fate()).isEqualTo(Fate.DISCARDED);
    assertThat(one(GIVEN_UP, Map.of(), PARKED, ORDERED, REPLAYED).fate()).isEqualTo(Fate.DISCARDED);
  }

  @Test
  void aVoteThatIsRecordedIsNothingElse() {
    assertThat(one(Set.of(), RECORDED, PARKED).became()).isEqualTo("settled: recorded");
    assertThat(one(GIVEN_UP, RECORDED, PARKED).became()).isEqualTo("settled: recorded");
    assertThat(one(Set.of(), RECORDED, PARKED, REPLAYED).became()).isEqualTo("replayed: recorded");
  }

  @Test
  void whatAuditCouldNotNoteIsOpenWhateverBecameOfItsVote() {
    assertThat(one(Set.of(), RECORDED, parked("audit-recorded", STAMP)).became()).isEqualTo("open");
  }

  @Test
  void tellsTwoMessagesOfOneNumberApart() {
    EventParked other = parked("verify", STAMP.plusSeconds(1));
    List<ParkedEntry> entries = FollowParked.of(told(PARKED, other, ORDERED), Set.of(), Map.of());
    assertThat(entries).extracting(ParkedEntry::fate).containsExactly(Fate.ORDERED, Fate.OPEN);
  }

  @Test
  void holdsNoMessage() {
    assertThat(one(Set.of(), Map.of(), PARKED).event().message()).isNull();
  }
}
