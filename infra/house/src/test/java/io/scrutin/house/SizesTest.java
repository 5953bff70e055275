package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Methods of about 40 lines, classes of about 250: past that, there is a second thing it does. The
 * build stops where "about" ends.
 */
final class SizesTest {
  private static final House HOUSE = House.ofThisRepository();
  private static final int METHOD_LINES = 60;
  private static final int CLASS_LINES = 300;

  @TempDir Path dir;

  @Test
  void noMethodAndNoClassIsTooLong() {
    assertThat(tooLong(HOUSE)).isEmpty();
  }

  @Test
  void findsALongMethodInALongClass() {
    String method = "  void count() {" + "\n".repeat(METHOD_LINES) + "  }\n";
    House bad =
        BadHouse.in(dir)
            .main(
                "functions/store",
                "Long",
                "final class Long {\n" + method + "\n".repeat(CLASS_LINES) + "}")
            .written();
    assertThat(tooLong(bad))
        .containsExactly("Long.java:2 Long has 363 lines", "Long.java:3 count has 61 lines");
  }

  private static List<String> tooLong(House house) {
    List<String> found = new ArrayList<>();
    for (JavaSource source : house.mainSources()) {
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, @Nullable Void none) {
          for (Tree type : unit.getTypeDecls()) {
            check(type, type instanceof ClassTree named ? named.getSimpleName() : "", CLASS_LINES);
          }
          return super.visitCompilationUnit(unit, none);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
          check(method, method.getName(), METHOD_LINES);
          return super.visitMethod(method, none);
        }

        private void check(Tree tree, CharSequence name, int most) {
          if (source.linesOf(tree) > most) {
            found.add(source.at(tree) + " " + name + " has " + source.linesOf(tree) + " lines");
          }
        }
      }.scan(source.unit(), null);
    }
    return found;
  }
}
