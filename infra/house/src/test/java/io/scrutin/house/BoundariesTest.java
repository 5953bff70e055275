package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may know whom. */
final class BoundariesTest {
  private static final House HOUSE = House.ofThisRepository();

  /** Folder of the house, then the folders whose modules its own may use. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "shared", Set.of("shared"),
          "functions", Set.of("shared"),
          "knative", Set.of("shared"),
          "hashgen-job", Set.of("shared"),
          "infra", Set.of("shared", "functions", "knative", "hashgen-job", "infra"));

  /** It starts real servers with migrated databases, and only tests depend on it. */
  private static final Set<String> TEST_FIXTURES = Set.of("testing");

  @TempDir Path dir;

  @Test
  void modulesUseOnlyWhatStandsBelowThem() {
    assertThat(wrongUses(HOUSE)).isEmpty();
  }

  @Test
  void findsAFunctionThatUsesAnotherFunction() {
    House bad =
        BadHouse.in(dir)
            .main("functions/store", "Ballots", "public final class Ballots {}")
            .main("functions/verify", "Peek", "final class Peek { io.scrutin.store.Ballots b; }")
            .built();
    assertThat(wrongUses(bad)).singleElement().asString().contains("Peek", "Ballots");
  }

  @Test
  void findsSharedCodeThatUsesAFunction() {
    House bad =
        BadHouse.in(dir)
            .main("functions/store", "Ballots", "public final class Ballots {}")
            .main("shared/event", "Peek", "final class Peek { io.scrutin.store.Ballots b; }")
            .built();
    assertThat(wrongUses(bad)).hasSize(1);
  }

  @Test
  void eachModuleKeepsToThePackageOfItsName() {
    assertThat(strays(HOUSE)).isEmpty();
  }

  @Test
  void findsAClassInAnothersPackage() {
    House bad =
        BadHouse.in(dir)
            .file(
                "shared/event/src/main/java/io/scrutin/ballot/Stray.java",
                "package io.scrutin.ballot; final class Stray {}")
            .written();
    assertThat(strays(bad)).containsExactly("Stray.java is not in io.scrutin.event");
  }

  @Test
  void functionsShowNothingButTheirApplicationTheirStepAndTheirCommand() {
    assertThat(shownByFunctions(HOUSE)).isEmpty();
  }

  @Test
  void findsAPublicClassInAFunction() {
    House bad =
        BadHouse.in(dir)
            .main("functions/store", "Ballots", "public final class Ballots {}")
            .built();
    assertThat(shownByFunctions(bad)).containsExactly("io.scrutin.store.Ballots");
  }

  private static List<String> wrongUses(House house) {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass user : BuiltClasses.main(house)) {
      for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
        House.Module from = moduleOf(house, user);
        House.Module to = moduleOf(house, dependency.getTargetClass().getBaseComponentType());
        if (from != null && to != null && !mayUse(from, to)) {
          wrong.add(user.getName() + " uses " + dependency.getTargetClass().getName());
        }
      }
    }
    return List.copyOf(wrong);
  }

  private static boolean mayUse(House.Module from, House.Module to) {
    return from.equals(to)
        || TEST_FIXTURES.contains(from.name())
        || MAY_USE.getOrDefault(from.group(), Set.of()).contains(to.group());
  }

  private static House.@Nullable Module moduleOf(House house, JavaClass type) {
    for (House.Module module : house.modules()) {
      String name = type.getPackageName();
      if (name.equals(module.packageName()) || name.startsWith(module.packageName() + ".")) {
        return module;
      }
    }
    return null;
  }

  private static List<String> strays(House house) {
    List<String> strays = new ArrayList<>();
    for (House.Module module : house.modules()) {
      Path sources = module.folder().resolve("src/main/java");
      Path own = sources.resolve(module.packageName().replace('.', '/'));
      for (Path file : House.filesUnder(sources, ".java")) {
        if (!file.startsWith(own)) {
          strays.add(file.getFileName() + " is not in " + module.packageName());
        }
      }
    }
    return strays;
  }

  /** micronaut-function makes a bean of the step by its class, from outside the package. */
  private static List<String> shownByFunctions(House house) {
    Set<String> functions = house.modulesIn("functions");
    return BuiltClasses.main(house).stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(type -> type.isTopLevelClass())
        .filter(type -> functions.stream().anyMatch(f -> type.getPackageName().endsWith("." + f)))
        .filter(type -> !type.getSimpleName().equals("Application"))
        .filter(type -> !type.getSimpleName().endsWith("Command"))
        .filter(type -> !type.isAssignableTo("io.scrutin.step.Step"))
        .map(JavaClass::getName)
        .sorted()
        .toList();
  }
}
