package io.scrutin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.demo.Post.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgePostsTest {
  @Test
  void aFirstVoteIsRecorded() {
    assertThat(JudgePosts.isRight(Kind.FIRST, Map.of("recorded", 10))).isTrue();
    assertThat(JudgePosts.isRight(Kind.FIRST, Map.of("recorded", 9, "duplicate", 1))).isFalse();
  }

  @Test
  void ofARaceOneIsRecorded() {
    assertThat(JudgePosts.isRight(Kind.RACE, Map.of("recorded", 2, "duplicate", 6))).isTrue();
    assertThat(JudgePosts.isRight(Kind.RACE, Map.of("recorded", 3, "duplicate", 5))).isFalse();
  }

  @Test
  void aStrangerIsRejected() {
    assertThat(JudgePosts.isRight(Kind.UNKNOWN, Map.of("rejected", 3))).isTrue();
    assertThat(JudgePosts.isRight(Kind.UNKNOWN, Map.of("rejected", 2, "received", 1))).isFalse();
  }

  @Test
  void whatComesLateIsRefusedAtTheDoorOrBehindIt() {
    assertThat(JudgePosts.isRight(Kind.LATE, Map.of("refused (409)", 3, "rejected", 1))).isTrue();
    assertThat(JudgePosts.isRight(Kind.LATE, Map.of("recorded", 1))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingSentProvesNothing(Kind kind) {
    assertThat(JudgePosts.isRight(kind, Map.of())).isFalse();
  }
}
