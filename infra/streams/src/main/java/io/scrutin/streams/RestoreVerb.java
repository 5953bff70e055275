package io.scrutin.streams;

import io.scrutin.event.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code streams restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Brings those streams of a backup back that the broker lost.")
final class RestoreVerb implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "What backup wrote.")
  private Path folder = Path.of("");

  private final StreamsCommand.Room room;

  RestoreVerb(StreamsCommand.Room room) {
    this.room = room;
  }

  @Override
  public Integer call() throws Exception {
    return room.work(
        (broker, environment) -> {
          List<StreamCopy> copies = new ArrayList<>();
          for (StreamName stream : ListVerb.used()) {
            if (stream.onFile()) {
              copies.add(new StreamCopy(broker, stream.in(environment), folder));
            }
          }
          // All of them are looked at before the first is touched.
          List<StreamCopy> needed = new ArrayList<>();
          for (StreamCopy copy : copies) {
            copy.checkComplete();
            if (copy.isNeeded()) {
              needed.add(copy);
            }
          }
          if (needed.isEmpty()) {
            throw new IOException("no stream is missing or empty: nothing is restored");
          }
          // Against the flow: the first cast that is there again is worked off at once.
          for (StreamCopy copy : needed.reversed()) {
            copy.bring();
            room.out().println(copy.name() + ": restored");
          }
          return StreamsCommand.DONE;
        });
  }
}
