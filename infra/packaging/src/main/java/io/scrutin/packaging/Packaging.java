package io.scrutin.packaging;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays packages out in a folder; each appears there whole, or not at all. */
final class Packaging {
  private static final String MADE_OF = "made-of";

  /**
   * The JVM holds a cache against the sizes and times of its jars. So jars have a time that says
   * what is in them: one that was changed and kept its size is not taken for the one that was
   * trained with. Whatever it overlooks, a package is made anew, cache and all, when anything it is
   * made of changes.
   */
  private static final Instant EARLIEST = Instant.parse("1980-02-01T00:00:00Z");

  private static final int TIME_DIGITS = 7;

  private final Path root;
  private final Path out;

  Packaging(Path root, Path out) {
    this.root = root;
    this.out = out;
  }

  Path folder(Parcel parcel) {
    return out.resolve(parcel.name());
  }

  /** Whether what is there was made of exactly what is here now, on this JDK. */
  boolean isCurrent(Parcel parcel) throws IOException {
    Path madeOf = folder(parcel).resolve(MADE_OF);
    return Files.exists(madeOf) && Files.readString(madeOf).equals(fingerprint(parcel));
  }

  /**
   * @return the package, still in a draft that {@link #finish} moves to its place
   */
  Path draft(Parcel parcel) throws IOException {
    Path draft = out.resolve("." + parcel.name() + ".draft");
    delete(draft);
    Path lib = Files.createDirectories(draft.resolve("lib"));
    List<Library> libraries = Library.of(root.resolve(parcel.module()));
    for (Library library : libraries) {
      Path jar = lib.resolve(library.jar());
      if (Files.isDirectory(library.source())) {
        Jar.write(library.source(), jar);
      } else {
        Files.copy(library.source(), jar);
      }
      Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
      Files.setLastModifiedTime(jar, FileTime.from(timeOf(jar)));
    }
    script(draft.resolve("start"), StartScript.start(parcel, libraries));
    switch (parcel.kind()) {
      case SERVER -> {
        addTraining(parcel, draft);
        ownJar(draft.resolve("probe.jar"), Probe.class);
      }
      case JOB -> {}
    }
    script(draft.resolve("probe"), StartScript.probe(parcel));
    return draft;
  }

  /**
   * In place of what was there before. Between the two moves there is no package, and a process of
   * the old one may open a jar of the new: nothing that runs from here should run while it is made.
   */
  void finish(Parcel parcel, Path draft) throws IOException {
    Files.writeString(draft.resolve(MADE_OF), fingerprint(parcel));
    Path old = out.resolve("." + parcel.name() + ".old");
    delete(old);
    if (Files.exists(folder(parcel))) {
      Files.move(folder(parcel), old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(draft, folder(parcel), StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  private void addTraining(Parcel parcel, Path draft) throws IOException {
    script(draft.resolve("train"), StartScript.train(parcel));
    Path training = Files.createDirectory(draft.resolve("training"));
    Files.write(training.resolve("script"), parcel.rehearsal());
    ownJar(training.resolve("rehearsal.jar"), Rehearsal.class);
  }

  /** Of a class here that uses no library, and of what is called like it. */
  private void ownJar(Path jar, Class<?> main) throws IOException {
    Jar.write(
        ownClasses(), jar, file -> file.getFileName().toString().startsWith(main.getSimpleName()));
  }

  private Path ownClasses() {
    return root.resolve("infra").resolve("packaging").resolve("target").resolve("classes");
  }

  private String fingerprint(Parcel parcel) throws IOException {
    List<Library> libraries = Library.of(root.resolve(parcel.module()));
    Fingerprint fingerprint =
        new Fingerprint()
            .text(Runtime.version().toString())
            .text(System.getProperty("java.home"))
            .text(StartScript.start(parcel, libraries))
            .text(String.join("\n", parcel.rehearsal()))
            .content(ownClasses());
    for (Library library : libraries) {
      fingerprint.content(library.source());
    }
    return fingerprint.hex();
  }

  private static Instant timeOf(Path jar) throws IOException {
    String hash = new Fingerprint().content(jar).hex();
    return EARLIEST.plusSeconds(Long.parseLong(hash.substring(0, TIME_DIGITS), 16));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
