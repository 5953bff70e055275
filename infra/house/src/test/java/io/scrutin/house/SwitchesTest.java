package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@code default} takes in what is added to an enum or a sealed type later, unasked; without it,
 * the compiler shows each place that has to decide. Over what is not ours, and may grow without us,
 * it is the only way.
 */
final class SwitchesTest {
  private static final House HOUSE = House.ofThisRepository();

  @TempDir Path dir;

  @Test
  void noSwitchOverATypeOfOursHasADefault() {
    assertThat(ClosedTypes.of(HOUSE.mainSources()).defaults()).isEmpty();
  }

  @Test
  void findsADefaultOverASealedTypeAndOneOverAnEnum() {
    assertThat(
            defaultsIn(
                """
                final class Decide {
                  sealed interface Finding { record Good() implements Finding {} record Bad() implements Finding {} }
                  enum Level { LOW, HIGH }
                  int of(Finding f) {
                    return switch (f) { case Finding.Good _ -> 1; case null, default -> 2; };
                  }
                  int of(Level l) {
                    switch (l) { case LOW: return 1; default: return 2; }
                  }
                }
                """))
        .containsExactly("Decide.java:6", "Decide.java:9");
  }

  @Test
  void allowsADefaultOverWhatIsOpen() {
    assertThat(
            defaultsIn(
                """
                final class Decide {
                  int of(String s) { return switch (s) { case "LOW" -> 1; default -> 2; }; }
                  int of(Thread.State s) { return switch (s) { case NEW -> 1; default -> 2; }; }
                }
                """))
        .isEmpty();
  }

  private List<String> defaultsIn(String body) {
    House bad = BadHouse.in(dir).main("functions/store", "Decide", body).written();
    return ClosedTypes.of(bad.mainSources()).defaults();
  }
}
