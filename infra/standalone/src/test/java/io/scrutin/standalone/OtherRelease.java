package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A function as its next version is: one of its sources changed, compiled, put before the rest. */
record OtherRelease(Path classes) {
  /**
   * @param source within the repository
   * @param with in the place of {@code of}, which the source must hold once
   */
  static OtherRelease of(String function, Path dir, String source, String of, String with)
      throws IOException {
    Path root = Path.of(System.getProperty("scrutin.root"));
    String text = Files.readString(root.resolve(source));
    assertThat(text).containsOnlyOnce(of);
    Path changed = dir.resolve("src").resolve(Path.of(source).getFileName());
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, text.replace(of, with));
    Path classes = Files.createDirectories(dir.resolve("classes"));
    Path module = root.resolve("functions").resolve(function);
    List<String> command = Launch.ofModule(function, module, dir);
    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-proc:none", "-d", classes.toString(), "-cp", classPath(command)),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(changed))
            .call();
    assertThat(compiled).as(said.toString()).isTrue();
    return new OtherRelease(classes);
  }

  private static String classPath(List<String> command) {
    return command.get(command.indexOf("-cp") + 1);
  }

  /** With this release's classes before the others. */
  List<String> command(List<String> known) {
    String others = classPath(known);
    return known.stream().map(word -> word.equals(others) ? classes + ":" + others : word).toList();
  }
}
