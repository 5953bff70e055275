package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interface is for two things that differ; a fake that injects faults in tests is one. */
final class InterfacesTest {
  private static final House HOUSE = House.ofThisRepository();

  /** Implemented by lambdas, which leave no class to count. */
  private static final Map<String, String> WITH_A_REASON =
      Map.of("io.scrutin.step.StepEndpoint$Decoding", "structured and binary mode");

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

  private static List<String> lonely(House house) {
    Set<JavaClass> main = new HashSet<>(house.mainClasses());
    Set<JavaClass> all = new HashSet<>(main);
    all.addAll(house.testClasses());
    return main.stream()
        .filter(type -> type.isInterface() && !type.isAnnotation())
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .filter(type -> implementations(type, all).limit(2).count() < 2)
        .map(JavaClass::getName)
        .sorted()
        .toList();
  }

  /** By name: the main and the test classes were imported apart from each other. */
  private static Stream<JavaClass> implementations(JavaClass type, Set<JavaClass> all) {
    return all.stream()
        .filter(other -> !other.getName().equals(type.getName()))
        .filter(other -> other.isAssignableTo(type.getName()));
  }
}
