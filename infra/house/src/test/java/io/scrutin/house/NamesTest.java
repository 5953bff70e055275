package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name says what a class does or is; these say that it could be anything. */
final class NamesTest {
  private static final House HOUSE = House.ofThisRepository();

  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Impl|Manager|Utils?|Helpers?|Service)");

  @TempDir Path dir;

  @Test
  void noClassHasANameThatSaysNothing() {
    assertThat(emptyNames(HOUSE)).isEmpty();
  }

  @Test
  void findsAHelperAlsoInsideAnotherClass() {
    House bad =
        BadHouse.in(dir)
            .main("functions/store", "Ballots", "final class Ballots { enum VoteHelper {} }")
            .main("functions/store", "StoreService", "interface StoreService {}")
            .written();
    assertThat(emptyNames(bad))
        .containsExactly("Ballots.java:2 VoteHelper", "StoreService.java:2 StoreService");
  }

  private static List<String> emptyNames(House house) {
    List<String> names = new ArrayList<>();
    Stream.concat(house.mainSources().stream(), house.testSources().stream())
        .forEach(
            source ->
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                  @Override
                  public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
                    if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                      names.add(source.at(type) + " " + type.getSimpleName());
                    }
                    return super.visitClass(type, nothing);
                  }
                }.scan(source.unit(), null));
    return names;
  }
}
