package io.scrutin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.audit.AuditVotes;
import io.scrutin.dedup.DedupVotes;
import io.scrutin.step.Listens;
import io.scrutin.step.Step;
import io.scrutin.store.StoreVotes;
import io.scrutin.verify.VerifyVotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a package and, as much, what is not. */
final class LayoutTest {
  private static final Map<String, Class<? extends Step>> STEPS =
      Map.of(
          "verify", VerifyVotes.class,
          "dedup", DedupVotes.class,
          "store", StoreVotes.class,
          "audit", AuditVotes.class);

  @TempDir Path dir;

  @Test
  void holdsADriverOnlyWhereADatabaseIsUsed() throws IOException {
    assertThat(thoseWith(jar -> jar.startsWith("postgresql-")))
        .doesNotContain("submit", "trigger")
        .contains("verify", "dedup", "store", "tally", "results", "audit", "contests", "migrate");
    assertThat(thoseWith(jar -> jar.startsWith("HikariCP-")))
        .doesNotContain("submit", "trigger", "migrate");
  }

  @Test
  void holdsAClientOfRedisOnlyWhereRedisIsUsed() throws IOException {
    assertThat(thoseWith(jar -> jar.startsWith("lettuce-")))
        .contains("verify", "dedup", "results", "hashgen")
        .doesNotContain("submit", "store", "tally", "audit", "trigger", "migrate");
  }

  @Test
  void holdsAClientOfTheBrokerOnlyWhereItIsSpokenTo() throws IOException {
    assertThat(thoseWith(jar -> jar.startsWith("jnats-")))
        .contains("submit", "trigger", "contests")
        .doesNotContain("verify", "dedup", "store", "tally", "results", "audit", "migrate");
  }

  @Test
  void holdsFlywayOnlyWhereTheSchemaIsMade() throws IOException {
    assertThat(thoseWith(jar -> jar.startsWith("flyway-"))).containsExactly("migrate");
  }

  @Test
  void holdsNothingOfTheTests() throws IOException {
    assertThat(
            thoseWith(
                jar ->
                    jar.matches(
                        "(junit|jqwik|assertj|archunit|embedded-|scrutin-(testing|servers|standalone)).*")))
        .isEmpty();
  }

  @Test
  void holdsTheClassThatIsStartedInItsFirstJar() throws IOException {
    for (Parcel parcel : Parcels.ALL) {
      Path jar = dir.resolve(parcel.name() + ".jar");
      Jar.write(libraries(parcel).getFirst().source(), jar);
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        String entry = parcel.main().replace('.', '/') + ".class";
        assertThat(zip.getEntry(entry)).as(parcel.name()).isNotNull();
      }
    }
  }

  @Test
  void makesTheSameFilesOfTheSameClasses() throws IOException {
    Path once = Laid.out(dir.resolve("once"), Laid.parcel("migrate"));
    Path again = Laid.out(dir.resolve("again"), Laid.parcel("migrate"));
    assertThat(files(again)).isEqualTo(files(once)).hasSizeGreaterThan(4);
  }

  @Test
  void jarsOfOtherContentHaveAnotherTime() throws IOException {
    Path lib = Laid.out(dir, Laid.parcel("migrate")).resolve("lib");
    Set<FileTime> times = new TreeSet<>();
    List<Library> libraries = libraries(Laid.parcel("migrate"));
    for (Library library : libraries) {
      times.add(Files.getLastModifiedTime(lib.resolve(library.jar())));
    }
    assertThat(times).hasSameSizeAs(libraries);
  }

  @Test
  void isMadeAgainOnlyWhenSomethingChanged() throws IOException {
    Packaging packaging = new Packaging(Laid.ROOT, dir);
    Parcel parcel = Laid.parcel("migrate");
    assertThat(packaging.isCurrent(parcel)).isFalse();
    Laid.out(dir, parcel);
    assertThat(packaging.isCurrent(parcel)).isTrue();
    assertThat(packaging.isCurrent(parcel.get("/something/else"))).isFalse();
  }

  @Test
  void rehearsesAnEventThatTheStepListensTo() {
    STEPS.forEach(
        (name, step) -> {
          Listens first = step.getAnnotationsByType(Listens.class)[0];
          assertThat(Laid.parcel(name).rehearsal())
              .anySatisfy(line -> assertThat(line).contains(first.to().type()));
        });
  }

  private static List<Library> libraries(Parcel parcel) throws IOException {
    return Library.of(Laid.ROOT.resolve(parcel.module()));
  }

  private static Set<String> thoseWith(Predicate<String> jar) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Parcel parcel : Parcels.ALL) {
      if (libraries(parcel).stream().map(Library::jar).anyMatch(jar)) {
        found.add(parcel.name());
      }
    }
    return found;
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (var paths = Files.walk(folder)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(file).toString(), new Fingerprint().content(file).hex());
      }
    }
    return found;
  }
}
