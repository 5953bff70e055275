package io.scrutin.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.VoteId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindDuplicateTest {
  private static final VoteId MINE = VoteId.parse("00112233445566778899aabbccddeeff");
  private static final VoteId ANOTHER = VoteId.parse("ffeeddccbbaa99887766554433221100");

  @ParameterizedTest
  @EnumSource(
      value = Claim.class,
      names = {"FIRST", "REPLAY", "UNKNOWN"})
  void leavesToStoreWhateverIsNotClaimedByAnother(Claim claim) {
    assertThat(FindDuplicate.decide(MINE, claim, Optional.empty())).isEqualTo(Finding.ACCEPTED);
  }

  @Test
  void findsTheDuplicateOfARecordedVote() {
    assertThat(FindDuplicate.decide(MINE, Claim.OTHER, Optional.of(ANOTHER)))
        .isEqualTo(Finding.DUPLICATED);
  }

  @Test
  void neverRefusesForAClaimAlone() {
    assertThat(FindDuplicate.decide(MINE, Claim.OTHER, Optional.empty()))
        .isEqualTo(Finding.ACCEPTED);
  }

  @Test
  void doesNotTakeARecordedVoteForItsOwnDuplicate() {
    assertThat(FindDuplicate.decide(MINE, Claim.OTHER, Optional.of(MINE)))
        .isEqualTo(Finding.ACCEPTED);
  }
}
