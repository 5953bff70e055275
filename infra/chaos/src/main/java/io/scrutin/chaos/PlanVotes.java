package io.scrutin.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who wants to vote, when and how. A fifth of all posts is of somebody who has voted: a quarter of
 * these for the other choice, a tenth at the very moment of the first.
 */
final class PlanVotes {
  /**
   * Looked for on all disks afterwards, where three letters alone are found by chance: of 83,000
   * random prefixes in Redis, one spelled "non".
   */
  static final List<String> CHOICES = List.of("oui-au-projet", "non-au-projet");

  private static final double AGAIN = 0.2;
  private static final double OTHERWISE = 0.25;
  private static final double AT_ONCE = 0.1;

  private final RandomGenerator chance;
  private final List<String> laws;
  private final List<Intent> plan = new ArrayList<>();
  private int voters;

  /**
   * @param laws what voters vote on in turn
   */
  PlanVotes(RandomGenerator chance, List<String> laws) {
    this.chance = chance;
    this.laws = List.copyOf(laws);
  }

  /**
   * @param rate posts a second
   */
  List<Intent> within(Duration length, int rate) {
    long posts = length.toMillis() * rate / 1_000;
    while (plan.size() < posts) {
      Duration at = Duration.ofMillis(plan.size() * 1_000L / rate);
      boolean again = voters > 0 && chance.nextDouble() < AGAIN;
      if (!again) {
        first(at);
      } else if (chance.nextDouble() < AT_ONCE) {
        again(first(at), at);
      } else {
        again(plan.get(chance.nextInt(plan.size())), at);
      }
    }
    return List.copyOf(plan);
  }

  /** How many voters there are in it. */
  int voters() {
    return voters;
  }

  private Intent first(Duration at) {
    int voter = voters++;
    String lawId = laws.get(voter % laws.size());
    return add(at, voter, lawId, CHOICES.get(chance.nextInt(CHOICES.size())));
  }

  private void again(Intent before, Duration at) {
    boolean otherwise = chance.nextDouble() < OTHERWISE;
    int choice = CHOICES.indexOf(before.choice());
    add(
        at,
        before.voter(),
        before.lawId(),
        CHOICES.get(otherwise ? CHOICES.size() - 1 - choice : choice));
  }

  private Intent add(Duration at, int voter, String lawId, String choice) {
    int number = plan.size();
    Intent intent = new Intent(number, at, voter, lawId, choice, "chaos-" + number);
    plan.add(intent);
    return intent;
  }
}
