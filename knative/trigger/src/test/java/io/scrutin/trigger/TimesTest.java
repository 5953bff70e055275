package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Backoff and silence. */
class TimesTest {
  private static final Backoff SECOND_TO_THIRTY =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  @Test
  void doublesUpToTheLongest() {
    assertThat(SECOND_TO_THIRTY.after(0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(SECOND_TO_THIRTY.after(3)).isEqualTo(Duration.ofSeconds(8));
    assertThat(SECOND_TO_THIRTY.after(5)).isEqualTo(Duration.ofSeconds(30));
    assertThat(SECOND_TO_THIRTY.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
  }

  @Property
  void jittersBetweenHalfAndAll(@ForAll @IntRange(max = 100) int failures, @ForAll long seed) {
    assertThat(SECOND_TO_THIRTY.jittered(failures, new Random(seed)))
        .isBetween(SECOND_TO_THIRTY.after(failures).dividedBy(2), SECOND_TO_THIRTY.after(failures));
  }

  @Test
  void refusesABackoffThatWouldSpin() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endsASilenceOnce() {
    Silence silence = new Silence(Duration.ofNanos(30));
    assertThat(silence.endsAt(1_000)).isTrue();
    assertThat(silence.endsAt(1_001)).isFalse();
    assertThat(silence.endsAt(1_030)).isFalse();
    assertThat(silence.endsAt(1_060)).isTrue();
    assertThat(silence.endsAt(1_061)).isFalse();
  }

  @Test
  void tellsWhatIsLeftOfAWhileAfterASilence() {
    Silence silence = new Silence(Duration.ofNanos(30));
    Duration wait = Duration.ofNanos(20);
    assertThat(silence.left(wait, 1_000)).as("none has ended").isZero();
    var _ = silence.endsAt(1_000);
    assertThat(silence.left(wait, 1_000)).isEqualTo(wait);
    var _ = silence.endsAt(1_015);
    assertThat(silence.left(wait, 1_015)).isEqualTo(Duration.ofNanos(5));
    assertThat(silence.left(wait, 1_020)).isZero();
    assertThat(silence.left(wait, 1_900)).isZero();
    assertThat(silence.left(Duration.ZERO, 1_015)).isZero();
  }
}
