package io.scrutin.streams;

import io.scrutin.event.StreamName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code streams backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Copies each stream with its durables into a new folder, while votes come in.")
final class BackupVerb implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "What is not there yet, or empty.")
  private Path folder = Path.of("");

  private final StreamsCommand.Room room;

  BackupVerb(StreamsCommand.Room room) {
    this.room = room;
  }

  @Override
  public Integer call() throws Exception {
    prepare();
    return room.work(
        (broker, environment) -> {
          // In the order in which events flow: an answer that is in a copy too early is harmless,
          // one that is in none, to a cast that is acked, would be lost.
          for (StreamName stream : ListVerb.used()) {
            if (stream.onFile()) {
              String name = stream.in(environment);
              long bytes = new StreamCopy(broker, name, folder).take();
              room.out().printf("%s: %,d bytes%n", name, bytes);
            }
          }
          return StreamsCommand.DONE;
        });
  }

  /** It holds tags and sealed ballots: for its owner alone. */
  private void prepare() throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      if (files.iterator().hasNext()) {
        throw new IOException(folder + " is not empty: each backup has a folder of its own");
      }
    }
  }
}
