package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An interface is for two things that differ. A class, a lambda and a fake that injects faults in a
 * test count as one each.
 */
final class InterfacesTest {
  private static final House HOUSE = House.ofThisRepository();

  /** Lambdas that need a type of their own, since those of the JDK may not throw what they do. */
  private static final Map<String, String> WITH_A_REASON = Map.of();

  @TempDir Path dir;

  @Test
  void everyInterfaceHasTwoUses() {
    assertThat(lonely(HOUSE)).containsExactlyInAnyOrderElementsOf(WITH_A_REASON.keySet());
  }

  @Test
  void findsAnInterfaceWithOneImplementation() {
    House bad =
        BadHouse.in(dir)
            .main("functions/store", "Ballots", "interface Ballots {}")
            .main("functions/store", "Table", "final class Table implements Ballots {}")
            .built();
    assertThat(lonely(bad)).containsExactly("io.scrutin.store.Ballots");
  }

  @Test
  void countsLambdas() {
    House good =
        BadHouse.in(dir)
            .main("functions/store", "Ballots", "interface Ballots { int count(); }")
            .main(
                "functions/store",
                "Two",
                "final class Two { Ballots one = () -> 1; Ballots two = \"\"::length; }")
            .built();
    assertThat(lonely(good)).isEmpty();
  }

  private static List<String> lonely(House house) {
    JavaClasses all = BuiltClasses.mainAndTest(house);
    Map<String, Integer> lambdas = Lambdas.byInterface(BuiltClasses.allFolders(house));
    return BuiltClasses.main(house).stream()
        .filter(type -> type.isInterface() && !type.isAnnotation())
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .filter(type -> classes(type, all) + lambdas.getOrDefault(type.getName(), 0) < 2)
        .map(JavaClass::getName)
        .sorted()
        .toList();
  }

  private static long classes(JavaClass type, JavaClasses all) {
    return all.stream()
        .filter(other -> !other.getName().equals(type.getName()))
        .filter(other -> other.isAssignableTo(type.getName()))
        .count();
  }
}
