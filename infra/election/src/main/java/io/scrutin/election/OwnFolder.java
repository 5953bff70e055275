package io.scrutin.election;

import io.scrutin.standalone.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of an election that is held to be looked at: each begins in an empty one, and what
 * somebody else keeps in a folder stays.
 */
public final class OwnFolder {
  /** Ends what a killed one left there: a folder that something works on cannot be emptied. */
  public interface Leftover {
    void end(Path folder) throws IOException, InterruptedException;
  }

  private OwnFolder() {}

  /**
   * @param whose the name of the command: it marks its folders, and empties only those
   */
  public static void empty(Path folder, String whose, Leftover leftover)
      throws IOException, InterruptedException {
    Path mark = folder.resolve(".made-by-scrutin-" + whose);
    if (Files.isDirectory(folder)) {
      if (!Files.exists(mark)) {
        throw new IOException(
            folder + " was not made by ./scrutin " + whose + ": name another with --dir");
      }
      if (Standalone.runsIn(folder)) {
        throw new IOException("something runs in " + folder + ": name another folder with --dir");
      }
      leftover.end(folder);
      delete(folder);
    }
    Files.createDirectories(folder);
    Files.createFile(mark);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
