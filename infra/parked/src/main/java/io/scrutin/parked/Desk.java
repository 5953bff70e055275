package io.scrutin.parked;

import io.nats.client.JetStreamApiException;
import io.scrutin.console.Surroundings;
import io.scrutin.event.VoteId;
import io.scrutin.parked.FollowParked.Told;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a person sits who looks at parked events: the stream, the database, and the screen. */
record Desk(ParkedStream stream, Discards discards, PrintWriter out, PrintWriter err)
    implements AutoCloseable {

  static Desk open(Surroundings surroundings, PrintWriter out, PrintWriter err)
      throws SQLException {
    String nats = surroundings.get(Surroundings.NATS_URL);
    Discards discards = Discards.open(surroundings.postgres("audit"));
    return new Desk(ParkedStream.open(nats, surroundings.environment()), discards, out, err);
  }

  /** In the order in which they were parked first. */
  List<ParkedEntry> entries()
      throws SQLException, IOException, JetStreamApiException, InterruptedException {
    List<Told> told = stream.read();
    if (told.size() >= ParkedStream.MOST) {
      err.println("There are more than " + ParkedStream.MOST + ": the newest are left out.");
    }
    List<ParkedEntry> plain = FollowParked.of(told, Set.of(), Map.of());
    Set<VoteId> votes =
        plain.stream()
            .flatMap(entry -> Stream.ofNullable(entry.event().voteId()))
            .collect(Collectors.toSet());
    return FollowParked.of(told, discards.all(), discards.outcomes(votes));
  }

  /** A number that was shown once stays good: an event that is parked again gets another. */
  ParkedEntry entry(long sequence, List<ParkedEntry> entries)
      throws IOException, JetStreamApiException {
    return stream
        .parkedAt(sequence)
        .flatMap(
            parked -> entries.stream().filter(e -> e.place().equals(parked.place())).findFirst())
        .orElseThrow(
            () -> new NoSuchEvent("there is no parked event " + sequence + ": parked list"));
  }

  /** A number that nobody showed. */
  static final class NoSuchEvent extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchEvent(String message) {
      super(message);
    }
  }

  @Override
  public void close() throws SQLException {
    stream.close();
    discards.close();
  }
}
