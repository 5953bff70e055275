package io.scrutin.standalone;

import io.scrutin.servers.Orphan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Functions that outlived the {@code up} which started them, because that was killed. */
final class StaleProcesses {
  private StaleProcesses() {}

  /** Only those that are ours beyond doubt: their command line names the folder. */
  static void end(Path dir) throws IOException {
    List<String> names = Stream.concat(Settings.FUNCTIONS.stream(), Stream.of("trigger")).toList();
    for (String name : names) {
      Path pidFile = dir.resolve("run").resolve(name + ".pid");
      Optional<Orphan> orphan = Orphan.of(pidFile, FunctionProcess.marker(dir));
      // Whatever it had in hand comes again, so nothing is gained by letting it finish.
      orphan.ifPresent(process -> process.stop("KILL"));
      Files.deleteIfExists(pidFile);
    }
  }
}
