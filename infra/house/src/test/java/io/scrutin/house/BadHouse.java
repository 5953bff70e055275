package io.scrutin.house;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds a small repository for a canary out of the few files that break a rule. */
final class BadHouse {
  private final Path root;
  private final Map<String, String> files = new TreeMap<>();

  private BadHouse(Path root) {
    this.root = root;
  }

  static BadHouse in(Path root) {
    return new BadHouse(root);
  }

  BadHouse file(String path, String content) {
    files.put(path, content);
    return this;
  }

  /** A class in the package of its module, such as {@code functions/verify}. */
  BadHouse main(String module, String name, String body) {
    String simple = module.substring(module.indexOf('/') + 1);
    return file(
        module + "/src/main/java/io/scrutin/" + simple + "/" + name + ".java",
        "package io.scrutin." + simple + ";\n" + body);
  }

  /** Files and nothing else: for rules that read text. */
  House written() {
    TreeSet<String> modules = new TreeSet<>();
    for (String path : files.keySet()) {
      if (path.contains("/src/")) {
        modules.add(path.substring(0, path.indexOf("/src/")));
      }
    }
    StringBuilder pom = new StringBuilder("<modules>");
    modules.forEach(module -> pom.append("<module>").append(module).append("</module>"));
    files.putIfAbsent("pom.xml", pom + "</modules>");
    files.forEach((path, content) -> write(root.resolve(path), content));
    return new House(root);
  }

  /** Compiled as well, without the build's checks: for rules that read classes. */
  House built() {
    House house = written();
    Path all = root.resolve("target/all");
    compile(House.filesUnder(root, ".java"), all);
    house.modules().forEach(module -> copy(all, module));
    return house;
  }

  private static void compile(List<Path> sources, Path target) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    List<String> options = List.of("-proc:none", "-d", target.toString());
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      Files.createDirectories(target);
      var units = manager.getJavaFileObjectsFromPaths(sources);
      if (!compiler.getTask(complaints, manager, null, options, null, units).call()) {
        throw new IllegalArgumentException("a canary does not compile: " + complaints);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void copy(Path all, House.Module module) {
    Path classes = module.folder().resolve("target/classes");
    String folder = module.packageName().replace('.', '/');
    try {
      for (Path built : House.filesUnder(all.resolve(folder), ".class")) {
        Path target = classes.resolve(all.relativize(built).toString());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(built, target);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
