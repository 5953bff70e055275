package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes that decide what becomes of a vote, and all that they are made of: no clock, no
 * randomness, nothing that could wait or fail, so that the same facts always get the same answer.
 */
final class CoresTest {
  private static final House HOUSE = House.ofThisRepository();

  private static final List<String> CORES =
      List.of(
          "io.scrutin.submit.CheckVote",
          "io.scrutin.verify.VerifyVote",
          "io.scrutin.dedup.FindDuplicate",
          "io.scrutin.store.RecordVotes",
          "io.scrutin.tally.CountBallots",
          "io.scrutin.results.PublishResults",
          "io.scrutin.contests.CheckDraft",
          "io.scrutin.contests.ChangeContest",
          "io.scrutin.audit.TakeNotes",
          "io.scrutin.audit.NumberAttempts",
          "io.scrutin.audit.TellOutcome",
          "io.scrutin.audit.CheckIntegrity",
          "io.scrutin.books.BalanceBooks",
          "io.scrutin.audit.TurnoutByHour",
          "io.scrutin.audit.CheckProcessing",
          "io.scrutin.audit.ReviewDecision",
          "io.scrutin.hashgen.AdmitRoll",
          "io.scrutin.hashgen.CheckKey",
          "io.scrutin.hashgen.CompareBucket",
          "io.scrutin.hashgen.CompareRow",
          "io.scrutin.hashgen.CsvLine",
          "io.scrutin.standalone.Wakefulness",
          "io.scrutin.standalone.BeatPlan",
          "io.scrutin.chaos.PlanFaults",
          "io.scrutin.chaos.PlanVotes",
          "io.scrutin.chaos.JudgeChaos",
          "io.scrutin.chaos.JoinChoices",
          "io.scrutin.doorkeeper.KeepDoors",
          "io.scrutin.trigger.AnswerMatching",
          "io.scrutin.trigger.Rewind",
          "io.scrutin.trigger.PlanBindings",
          "io.scrutin.trigger.ServiceBindings");

  /** Values: what is decided upon. {@code RandomGenerator} is a parameter of a shuffle. */
  private static final Pattern VALUES =
      Pattern.compile(
          "java\\.lang(\\.(invoke|runtime|annotation))?\\.[A-Z].*"
              + "|java\\.util\\.[A-Z].*|java\\.util\\.(function|stream|regex)\\..*"
              + "|java\\.util\\.random\\.RandomGenerator"
              + "|java\\.(time|math)\\..*|java\\.nio\\.charset\\..*|java\\.nio\\.ByteBuffer"
              + "|org\\.jspecify\\.annotations\\..*"
              // How a value is written as JSON.
              + "|(io\\.micronaut\\.serde|com\\.fasterxml\\.jackson)\\.(annotation|config\\.naming)\\..*"
              + "|io\\.scrutin\\.(event|credential|ballot)\\..*"
              // A binding is a setting too: what it is read from, how it is brought, where to.
              + "|io\\.micronaut\\.(context|core\\.bind)\\.annotation\\..*"
              + "|io\\.scrutin\\.step\\.Listens(\\$.*)?|java\\.net\\.URI(SyntaxException)?"
              // What the books say of a contest.
              + "|io\\.scrutin\\.books\\.Balance(\\$.*)?"
              // What a request's JSON holds, read and not judged yet.
              + "|io\\.scrutin\\.web\\.Form(\\$.*)?");

  private static final Pattern WORLD =
      Pattern.compile(
          "java\\.lang\\.(System|Runtime|Thread.*|Process.*)|java\\.time\\.(Clock|InstantSource)"
              + "|java\\.util\\.(Random|Timer|UUID|ServiceLoader)");

  private static final Set<String> ASKS_THE_CLOCK = Set.of("now", "nanoTime", "currentTimeMillis");

  @TempDir Path dir;

  @Test
  void coresDependOnValuesAlone() {
    assertThat(impurities(BuiltClasses.main(HOUSE), CORES)).isEmpty();
  }

  @Test
  void findsACoreThatAsksTheClock() {
    String body =
        "final class Count { boolean over() { return java.time.Instant.now() == null; } }";
    assertThat(impuritiesOf(body)).containsExactly("Count calls java.time.Instant.now");
  }

  @Test
  void findsACoreWithTheWorldBehindAClassOfItsOwn() {
    String body =
        """
        final class Count { Row row; }
        final class Row { java.sql.Connection c; java.util.Random r; }
        """;
    assertThat(impuritiesOf(body))
        .containsExactly("Row uses java.sql.Connection", "Row uses java.util.Random");
  }

  @Test
  void findsThatACoreIsGone() {
    assertThat(impuritiesOf("final class Renamed {}")).containsExactly("there is no Count");
  }

  private Set<String> impuritiesOf(String body) {
    House bad = BadHouse.in(dir).main("functions/tally", "Count", body).built();
    return impurities(BuiltClasses.main(bad), List.of("io.scrutin.tally.Count"));
  }

  private static Set<String> impurities(JavaClasses classes, List<String> cores) {
    Set<String> found = new TreeSet<>();
    for (String core : cores) {
      if (classes.contain(core)) {
        madeOf(classes.get(core)).forEach(part -> found.addAll(impurities(part)));
      } else {
        found.add("there is no " + core.substring(core.lastIndexOf('.') + 1));
      }
    }
    return found;
  }

  /** The core and every class of its package that it leads to. */
  private static Iterable<JavaClass> madeOf(JavaClass core) {
    Map<String, JavaClass> parts = new LinkedHashMap<>();
    Deque<JavaClass> open = new ArrayDeque<>(List.of(core));
    while (!open.isEmpty()) {
      JavaClass part = open.remove();
      if (parts.putIfAbsent(part.getName(), part) == null) {
        part.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().equals(core.getPackageName()))
            .forEach(open::add);
      }
    }
    return parts.values();
  }

  private static Set<String> impurities(JavaClass part) {
    Set<String> found = new TreeSet<>();
    for (Dependency dependency : part.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      boolean own = target.getPackageName().equals(part.getPackageName());
      String name = target.getName();
      boolean value = VALUES.matcher(name).matches() && !WORLD.matcher(name).matches();
      if (!own && !target.isPrimitive() && !value) {
        found.add(part.getSimpleName() + " uses " + name);
      }
    }
    for (JavaAccess<?> access : part.getAccessesFromSelf()) {
      if (ASKS_THE_CLOCK.contains(access.getName())) {
        String owner = access.getTargetOwner().getName();
        found.add(part.getSimpleName() + " calls " + owner + "." + access.getName());
      }
    }
    return found;
  }
}
