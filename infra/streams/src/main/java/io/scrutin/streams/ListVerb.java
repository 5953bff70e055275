package io.scrutin.streams;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamInfo;
import io.scrutin.console.TextTable;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code streams list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Each stream: what it holds, and how much of its room that is.")
final class ListVerb implements Callable<Integer> {
  private final StreamsCommand.Room room;

  ListVerb(StreamsCommand.Room room) {
    this.room = room;
  }

  @Override
  public Integer call() throws Exception {
    return room.work(
        (broker, environment) -> {
          TextTable table = new TextTable("stream", "messages", "bytes", "limit", "full");
          boolean all = true;
          for (StreamName stream : used()) {
            all &= add(table, broker, stream.in(environment));
          }
          table.print(room.out());
          return all ? StreamsCommand.DONE : StreamsCommand.NOT_ALL;
        });
  }

  static List<StreamName> used() {
    return Arrays.stream(StreamName.values()).filter(StreamName::isUsed).toList();
  }

  private static boolean add(TextTable table, Connection broker, String stream)
      throws IOException, JetStreamApiException {
    JetStreamManagement management = broker.jetStreamManagement();
    try {
      StreamInfo info = management.getStreamInfo(stream);
      long bytes = info.getStreamState().getByteCount();
      long limit = info.getConfiguration().getMaxBytes();
      String full = limit <= 0 ? "no limit" : "%d %%".formatted(100 * bytes / limit);
      table.row(stream, info.getStreamState().getMsgCount(), bytes, limit, full);
      return true;
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() != StreamsCommand.STREAM_NOT_FOUND) {
        throw refused;
      }
      table.row(stream, "is not there", "", "", "");
      return false;
    }
  }
}
