package io.scrutin.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One entry of a runtime class path.
 *
 * @param jar the name of its file in a package
 * @param source a jar, or the folder of classes that one is made of
 */
record Library(String jar, Path source) {
  /** As Maven resolved them for runtime, the module's own classes first; the order is kept. */
  static List<Library> of(Path module) throws IOException {
    Path target = module.resolve("target");
    List<Library> libraries = new ArrayList<>();
    libraries.add(of(target.resolve("classes"), module));
    Path classPath = target.resolve("classpath.txt");
    for (String entry : Files.readString(classPath).strip().split(":")) {
      libraries.add(found(Path.of(entry)));
    }
    Set<String> names = new HashSet<>();
    for (Library library : libraries) {
      if (!names.add(library.jar)) {
        throw new IOException("two libraries of " + module + " are called " + library.jar);
      }
    }
    return libraries;
  }

  /** A module of ours is taken from its classes: its jar may be of an earlier build. */
  private static Library found(Path entry) throws IOException {
    Path target = entry.resolveSibling(".").normalize();
    return target.endsWith("target")
        ? of(target.resolve("classes"), target.resolveSibling(".").normalize())
        : new Library(entry.getFileName().toString(), entry);
  }

  private static Library of(Path classes, Path module) throws IOException {
    if (!Files.isDirectory(classes)) {
      throw new IOException(module + " is not built");
    }
    return new Library("scrutin-" + module.getFileName() + ".jar", classes);
  }
}
