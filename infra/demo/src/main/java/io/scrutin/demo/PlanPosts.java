package io.scrutin.demo;

import io.scrutin.demo.Post.Kind;
import io.scrutin.standalone.Credentials;
import io.scrutin.standalone.Credentials.Credential;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Who sends what. The first voters of the roll vote, those after them race themselves, the next are
 * late, and the rest stay at home.
 */
final class PlanPosts {
  static final List<String> CHOICES = List.of("oui", "non");

  static final int POSTS_IN_A_RACE = 4;

  private static final double FIRST_CHOICE = 0.58;

  private final List<Credential> roll;
  private final String lawId;
  private final int votes;
  private final Random random;

  PlanPosts(List<Credential> roll, String lawId, DemoOptions options) {
    this.roll = List.copyOf(roll);
    this.lawId = lawId;
    this.votes = options.votes();
    this.random = options.random();
  }

  private int share() {
    return Math.max(1, votes / 20);
  }

  /** All that comes first, in no order: what may be sent side by side. */
  List<Post> opening() {
    List<Post> posts = new ArrayList<>();
    for (int voter = 0; voter < votes; voter++) {
      posts.add(vote(Kind.FIRST, voter, choice(), "first-" + voter));
    }
    for (int voter = votes; voter < votes + share() / 4 + 1; voter++) {
      for (int i = 0; i < POSTS_IN_A_RACE; i++) {
        posts.add(vote(Kind.RACE, voter, choice(), "race-" + voter + "-" + i));
      }
    }
    for (int i = 0; i < share(); i++) {
      String stranger = Credentials.inventedNas(roll.size() + i);
      posts.add(
          post(Kind.UNKNOWN, -1, new Credential(stranger, roll.get(i).code()), choice(), null));
      String nas = roll.get(i).nas();
      String othersCode = roll.get(roll.size() - 1 - i).code();
      posts.add(post(Kind.WRONG_CODE, -1, new Credential(nas, othersCode), choice(), null));
      posts.add(malformed(i));
    }
    Collections.shuffle(posts, random);
    return posts;
  }

  /** Where the first post stands whose vote is to be recorded. */
  static int firstToCount(List<Post> posts) {
    return posts.stream().map(Post::kind).toList().indexOf(Kind.FIRST);
  }

  /** What only means something once the first votes are recorded. */
  List<Post> afterwards(List<Post> opening) {
    List<Post> posts = new ArrayList<>();
    for (Post first : opening) {
      if (first.kind() == Kind.FIRST && first.voter() < 2 * share()) {
        boolean swayed = first.voter() % 2 == 0;
        String choice = swayed ? other(first.choice()) : first.choice();
        posts.add(vote(Kind.DUPLICATE, first.voter(), choice, "again-" + first.voter()));
      } else if (first.kind() == Kind.FIRST && first.voter() < 4 * share()) {
        boolean swayed = first.voter() % 5 == 0;
        String choice = swayed ? other(first.choice()) : first.choice();
        posts.add(vote(Kind.RETRY, first.voter(), choice, first.key()));
      }
    }
    Collections.shuffle(posts, random);
    return posts;
  }

  List<Post> late(List<Post> opening) {
    List<Post> posts = new ArrayList<>();
    int late = votes + share() / 4 + 1;
    for (int voter = late; voter < late + share() / 5 + 1; voter++) {
      posts.add(vote(Kind.LATE, voter, choice(), "late-" + voter));
    }
    for (Post first : opening) {
      if (first.kind() == Kind.FIRST && first.voter() < share() / 5 + 1) {
        posts.add(vote(Kind.LATE_RETRY, first.voter(), first.choice(), first.key()));
      }
    }
    return posts;
  }

  private Post malformed(int number) {
    Credential voter = roll.get(number);
    String whole = voter.vote(lawId, "oui");
    String body =
        switch (number % 6) {
          case 0 -> whole.substring(0, whole.length() - 2);
          case 1 -> new Credential("123456789", voter.code()).vote(lawId, "oui");
          case 2 -> new Credential(voter.nas(), "?").vote(lawId, "oui");
          case 3 -> voter.vote("no-such-law", "oui");
          case 4 -> voter.vote(lawId, "both");
          default -> whole.replace("}", ",\"twice\":true}");
        };
    return new Post(Kind.MALFORMED, number, "none", null, body);
  }

  private Post vote(Kind kind, int voter, String choice, @Nullable String key) {
    return post(kind, voter, roll.get(voter), choice, key);
  }

  private Post post(
      Kind kind, int voter, Credential credential, String choice, @Nullable String key) {
    return new Post(kind, voter, choice, key, credential.vote(lawId, choice));
  }

  private String choice() {
    return CHOICES.get(random.nextDouble() < FIRST_CHOICE ? 0 : 1);
  }

  private static String other(String choice) {
    return choice.equals(CHOICES.getFirst()) ? CHOICES.getLast() : CHOICES.getFirst();
  }
}
