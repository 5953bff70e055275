package io.scrutin.house;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where randomness comes from, and where words go. */
final class ChanceAndConsoleTest {
  private static final House HOUSE = House.ofThisRepository();

  /** What they gave can be computed from what they give next. */
  private static final Set<String> GUESSABLE =
      Set.of(
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.concurrent.ThreadLocalRandom");

  /** Whose chance nobody gains by guessing. */
  private static final Map<String, String> WITH_A_REASON =
      Map.ofEntries(
          entry("io.scrutin.bench.Bench", "arrivals that can be made again"),
          entry("io.scrutin.bench.Roofs", "bytes of which only the number counts"),
          entry("io.scrutin.bench.SubmitAlone", "arrivals that can be made again"),
          entry("io.scrutin.chaos.ChaosOptions", "faults that can be made again"),
          entry("io.scrutin.demo.DemoOptions", "an election that can be played again"),
          entry("io.scrutin.demo.PlanPosts", "an election that can be played again"),
          entry("io.scrutin.servers.Ports", "where the search for a free port begins"),
          entry("io.scrutin.web.UnexpectedFailure", "the number that a log entry is found by"),
          entry("io.scrutin.results.ResultsStream", "when a reader comes back"),
          entry("io.scrutin.trigger.Discovery", "how long a wait is"),
          entry("io.scrutin.trigger.Time$Real", "how long a wait is"),
          entry("io.scrutin.simulation.Chance", "a failure that can be played again"));

  /** Commands speak to who typed them, and fixtures to who runs tests; what serves has a log. */
  private static final Set<String> SPEAKS = Set.of("infra/", "shared/testing", "hashgen-job");

  @TempDir Path dir;

  @Test
  void nobodyDrawsFromAGuessableSourceWithoutAReason() {
    assertThat(guesses(HOUSE)).containsExactlyInAnyOrderElementsOf(WITH_A_REASON.keySet());
  }

  @Test
  void findsEachGuessableSource() {
    House bad =
        BadHouse.in(dir)
            .main(
                "functions/submit",
                "Draw",
                """
                final class Draw { int a() { return new java.util.Random().nextInt(); } }
                final class Local { Object b = java.util.concurrent.ThreadLocalRandom.current(); }
                final class Maths { double c() { return Math.random(); } }
                """)
            .built();
    assertThat(guesses(bad)).hasSize(3);
  }

  @Test
  void nothingThatServesWritesToTheConsole() {
    assertThat(consoleUses(HOUSE)).isEmpty();
  }

  @Test
  void findsAFunctionThatPrints() {
    House bad =
        BadHouse.in(dir)
            .main(
                "functions/submit",
                "Say",
                """
                final class Say {
                  void it(Exception e) { System.out.println("x"); e.printStackTrace(); }
                }
                """)
            .built();
    assertThat(consoleUses(bad)).hasSize(2);
  }

  private static Set<String> guesses(House house) {
    return BuiltClasses.main(house).stream()
        .filter(ChanceAndConsoleTest::guesses)
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean guesses(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
            .anyMatch(dependency -> GUESSABLE.contains(dependency.getTargetClass().getName()))
        || type.getAccessesFromSelf().stream()
            .anyMatch(
                access ->
                    access.getName().equals("random")
                        && access.getTargetOwner().getName().equals("java.lang.Math"));
  }

  private static Set<String> consoleUses(House house) {
    Set<String> found = new TreeSet<>();
    for (House.Module module : house.modules()) {
      if (SPEAKS.stream().noneMatch(module.path()::startsWith)) {
        for (JavaClass type : BuiltClasses.main(house)) {
          boolean command = type.getSimpleName().endsWith("Command");
          if (type.getPackageName().equals(module.packageName()) && !command) {
            type.getAccessesFromSelf().stream()
                .filter(ChanceAndConsoleTest::writes)
                .forEach(access -> found.add(access.getDescription()));
          }
        }
      }
    }
    return found;
  }

  private static boolean writes(JavaAccess<?> access) {
    boolean stream =
        access.getTargetOwner().getName().equals("java.lang.System")
            && Set.of("out", "err").contains(access.getName());
    return stream || access.getName().equals("printStackTrace");
  }
}
