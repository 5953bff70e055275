package io.scrutin.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.ballot.Opening;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.LocalText;
import io.scrutin.event.VoteId;
import io.scrutin.tally.CountBallots.Opened;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CountBallotsTest {
  private static final Instant CLOSES = Instant.parse("2026-06-02T08:00:00Z");

  private static Contest contest(int groupSize) {
    LocalText text = new LocalText("texte", "text");
    return new Contest(
        "law-1",
        text,
        text,
        List.of(new Choice("oui", text), new Choice("non", text)),
        CLOSES.minusSeconds(86_400),
        CLOSES,
        new ResultsPolicy(ResultsPolicy.Visibility.AT_CLOSE, groupSize),
        "hmac-sha256",
        new BallotKey("key-1", Bytes.of(new byte[32])));
  }

  private static VoteId id(int number) {
    return VoteId.of(ByteBuffer.allocate(16).putInt(number).array());
  }

  private static List<Opened> group(String... choices) {
    List<Opened> group = new ArrayList<>();
    for (String choice : choices) {
      group.add(new Opened(id(group.size()), new Opening.Opened(choice)));
    }
    return group;
  }

  @Test
  void countsEachChoice() {
    Count count = CountBallots.count(contest(1), group("oui", "non", "oui"), new Random(1));
    assertThat(count.votes()).isEqualTo(Map.of("oui", 2, "non", 1));
    assertThat(count.box()).containsExactlyInAnyOrder("oui", "oui", "non");
    assertThat(count.spoiled()).isEmpty();
  }

  @Test
  void setsAsideWhatHoldsNoVote() {
    List<Opened> group = new ArrayList<>(group("oui", "peut-être"));
    group.add(new Opened(id(7), new Opening.Unopenable("does not open")));
    Count count = CountBallots.count(contest(1), group, new Random(1));
    assertThat(count.box()).containsExactly("oui");
    assertThat(count.spoiled()).extracting(Count.Spoiled::voteId).containsExactly(id(1), id(7));
  }

  @Test
  void opensNoGroupSmallerThanThePolicySaysWhileMoreMayCome() {
    assertThat(CountBallots.groupSize(contest(50), false)).isEqualTo(new GroupSize(50, 5_000, 0));
  }

  @Test
  void opensTheLastEnvelopesWhenNoMoreCanCome() {
    assertThat(CountBallots.groupSize(contest(50), true)).isEqualTo(new GroupSize(1, 5_000, 50));
  }

  @Property
  void losesAndAddsNoBallot(@ForAll @Size(max = 200) List<@IntRange(max = 2) Integer> kinds) {
    List<String> choices = List.of("oui", "non", "autre");
    List<Opened> group = group(kinds.stream().map(choices::get).toArray(String[]::new));
    Count count = CountBallots.count(contest(1), group, new Random(kinds.size()));
    int counted = count.votes().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(count.box()).hasSize(counted);
    assertThat(counted + count.spoiled().size()).isEqualTo(group.size());
  }
}
