package io.scrutin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.chaos.JoinChoices.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The joins find what they look for where it is. */
class JoinChoicesTest {
  private static final int GROUP = 10;

  private static List<String> votes(long seed) {
    Random chance = new Random(seed);
    List<String> votes = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      votes.add(chance.nextInt(100) < 58 ? "oui" : "non");
    }
    return votes;
  }

  private static List<Row> box(List<String> choices) {
    List<Row> box = new ArrayList<>();
    for (String choice : choices) {
      box.add(new Row("group " + box.size() / GROUP, choice));
    }
    return box;
  }

  @Test
  void findsABoxInTheOrderOfTheVotes() {
    assertThat(JoinChoices.sameOrder("law", box(votes(1)), votes(1))).hasSize(1);
  }

  @Test
  void findsGroupsWhoseBallotsLieInTheOrderOfTheirVotes() {
    List<String> votes = votes(2);
    List<Row> box = box(votes);
    for (int from = 0; from < votes.size(); from += 2 * GROUP) {
      Collections.shuffle(box.subList(from, from + GROUP), new Random(from));
    }
    assertThat(JoinChoices.sameOrder("law", box, votes)).hasSize(1);
  }

  /** Else an election with many small groups would be taken for one without shuffling. */
  @Property(tries = 50)
  void takesNoGroupForAnOrder(@ForAll long seed) {
    List<String> votes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      votes.addAll(votes(seed + i));
    }
    List<Row> box = box(votes);
    for (int from = 0; from < votes.size(); from += GROUP) {
      Collections.shuffle(box.subList(from, from + GROUP), new Random(~seed + from));
    }
    assertThat(JoinChoices.sameOrder("law", box, votes)).isEmpty();
  }

  /** Five sigmas are more than these tries ever see. */
  @Property(tries = 50)
  void findsNothingInABoxThatWasShuffledGroupByGroup(@ForAll long seed) {
    List<String> shuffled = new ArrayList<>();
    List<String> votes = votes(seed);
    for (int from = 0; from < votes.size(); from += 100) {
      List<String> group = new ArrayList<>(votes.subList(from, from + 100));
      Collections.shuffle(group, new Random(~seed));
      shuffled.addAll(group);
    }
    assertThat(JoinChoices.sameOrder("law", box(shuffled), votes)).isEmpty();
  }

  @Test
  void findsGroupsThatAreTooSmall() {
    List<Row> box = box(votes(1));
    assertThat(JoinChoices.smallGroups("law", box, GROUP)).isEmpty();
    box.add(new Row("the last", "oui"));
    assertThat(JoinChoices.smallGroups("law", box, GROUP)).isEmpty();
    box.add(new Row("another", "oui"));
    assertThat(JoinChoices.smallGroups("law", box, GROUP)).hasSize(1);
  }
}
