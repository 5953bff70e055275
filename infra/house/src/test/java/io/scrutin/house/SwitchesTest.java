package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@code default} takes in what is added to an enum or a sealed type later, unasked; without it,
 * the compiler shows each place that has to decide. What is open (a string, a number) is caught by
 * a pattern that names it: {@code case String other}.
 */
final class SwitchesTest {
  private static final House HOUSE = House.ofThisRepository();

  @TempDir Path dir;

  @Test
  void noSwitchHasADefault() {
    assertThat(defaults(HOUSE)).isEmpty();
  }

  @Test
  void findsADefaultInEitherForm() {
    House bad =
        BadHouse.in(dir)
            .main(
                "functions/store",
                "Decide",
                """
                final class Decide {
                  int of(Object o) {
                    switch (o) { case String s: return 1; default: return 2; }
                  }
                  int or(Object o) {
                    return switch (o) { case null, default -> 3; };
                  }
                }
                """)
            .written();
    assertThat(defaults(bad)).containsExactly("Decide.java:4", "Decide.java:7");
  }

  private static List<String> defaults(House house) {
    List<String> found = new ArrayList<>();
    for (JavaSource source : house.mainSources()) {
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitCase(CaseTree branch, @Nullable Void none) {
          if (branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance)) {
            found.add(source.at(branch));
          }
          return super.visitCase(branch, none);
        }
      }.scan(source.unit(), null);
    }
    return found;
  }
}
