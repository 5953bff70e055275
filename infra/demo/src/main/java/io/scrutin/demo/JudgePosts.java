package io.scrutin.demo;

import io.scrutin.demo.Post.Kind;
import java.util.Map;

/** Whether what became of the posts of a kind is what an honest system makes of them. */
final class JudgePosts {
  private JudgePosts() {}

  /**
   * @param found how many posts came to which end
   */
  static boolean isRight(Kind kind, Map<String, Integer> found) {
    int posts = found.values().stream().mapToInt(Integer::intValue).sum();
    int recorded = found.getOrDefault("recorded", 0);
    int duplicate = found.getOrDefault("duplicate", 0);
    int rejected = found.getOrDefault("rejected", 0);
    int refused =
        found.entrySet().stream()
            .filter(end -> end.getKey().startsWith(Ledger.REFUSED))
            .mapToInt(Map.Entry::getValue)
            .sum();
    return posts > 0
        && switch (kind) {
          case FIRST, RETRY, LATE_RETRY -> recorded == posts;
          case RACE ->
              recorded * PlanPosts.POSTS_IN_A_RACE == posts && duplicate == posts - recorded;
          case UNKNOWN, WRONG_CODE -> rejected == posts;
          case MALFORMED -> refused == posts;
          case DUPLICATE -> duplicate == posts;
          case LATE -> refused + rejected == posts;
        };
  }
}
