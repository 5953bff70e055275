package io.scrutin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlanVotesTest {
  private static List<Intent> plan(long seed) {
    return new PlanVotes(new Random(seed), List.of("one", "other"))
        .within(Duration.ofSeconds(100), 50);
  }

  @Property(tries = 20)
  void theSameSeedIsTheSameVotes(@ForAll long seed) {
    assertThat(plan(seed)).isEqualTo(plan(seed));
  }

  @Property(tries = 20)
  void noVoterVotesOnTwoLaws(@ForAll long seed) {
    Map<Integer, String> laws = new HashMap<>();
    for (Intent intent : plan(seed)) {
      assertThat(laws.merge(intent.voter(), intent.lawId(), (before, _) -> before))
          .isEqualTo(intent.lawId());
    }
  }

  @Test
  void aFifthVotesAgainAQuarterOfThemOtherwiseATenthAtOnce() {
    List<Intent> plan = plan(1);
    Map<Integer, Intent> first = new HashMap<>();
    int again = 0;
    int otherwise = 0;
    int atOnce = 0;
    for (Intent intent : plan) {
      Intent before = first.putIfAbsent(intent.voter(), intent);
      if (before != null) {
        again++;
        otherwise += before.choice().equals(intent.choice()) ? 0 : 1;
        atOnce += before.at().equals(intent.at()) ? 1 : 0;
      }
    }
    assertThat(again).isCloseTo(plan.size() / 5, within(plan.size() / 50));
    // Somebody who votes a third time may be back at the first choice.
    assertThat(otherwise).isCloseTo(again / 4, within(again / 12));
    assertThat(atOnce).isCloseTo(again / 10, within(again / 20));
  }
}
