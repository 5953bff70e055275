package io.scrutin.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The classes of one of our packages, found beside one of them: in a folder or in a jar. */
final class OwnClasses {
  private static final String CLASS = ".class";

  private OwnClasses() {}

  /** Those that were written; what a processor made of them has a dollar in its name. */
  static List<Class<?>> of(String name) {
    List<Class<?>> classes = new ArrayList<>();
    for (String file : contents(name).keySet()) {
      if (!file.contains("$") && !file.equals("package-info" + CLASS)) {
        classes.add(load(name, file.substring(0, file.length() - CLASS.length())));
      }
    }
    return classes;
  }

  /**
   * Whether some class of a package has the text as a constant: whether its code can ask for it.
   */
  static boolean name(String name, String variable) {
    Pattern whole = Pattern.compile("(?<![A-Z_])" + Pattern.quote(variable) + "(?![A-Z_])");
    return contents(name).values().stream()
        .anyMatch(bytes -> whole.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find());
  }

  private static Map<String, byte[]> contents(String name) {
    try {
      Path found =
          Path.of(anchor(name).getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(found)) {
        return contents(found, name);
      }
      try (FileSystem jar = FileSystems.newFileSystem(found)) {
        return contents(jar.getPath("/"), name);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (URISyntaxException strange) {
      throw new IllegalStateException(strange);
    }
  }

  private static Map<String, byte[]> contents(Path root, String name) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(root.resolve("io").resolve("scrutin").resolve(name))) {
      for (Path file : files.filter(path -> path.toString().endsWith(CLASS)).toList()) {
        contents.put("" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static Class<?> anchor(String name) {
    return switch (name) {
      case "postgres" -> load(name, "Migrate");
      case "broker" -> load(name, "StreamsCommand");
      case "console" -> load(name, "Surroundings");
      case "hashgen" -> load(name, "HashgenCommand");
      case String function -> load(function, "Application");
    };
  }

  private static Class<?> load(String name, String type) {
    try {
      return Class.forName(
          "io.scrutin." + name + "." + type, false, OwnClasses.class.getClassLoader());
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException("the class path has no io.scrutin." + name, gone);
    }
  }
}
