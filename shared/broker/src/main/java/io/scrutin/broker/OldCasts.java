package io.scrutin.broker;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Casts in VOTES, where versions before 0.2 kept them. The broker lets no subject into two streams,
 * and a cast is not moved: its stamp, which says whether it counts, would be another. So the
 * subject leaves VOTES only when all casts in it are answered; they stay there, as the record.
 */
final class OldCasts {
  private final JetStreamManagement management;
  private final String votes;
  private final String subject;

  OldCasts(JetStreamManagement management, String environment) {
    this.management = management;
    this.votes = StreamName.VOTES.in(environment);
    this.subject = EventType.VOTE_CAST.subject(environment);
  }

  /**
   * Afterwards no stream has the subject, and who casts is told to come later until CASTS has it.
   *
   * @param wanted VOTES as it is to be
   */
  void leave(StreamConfiguration wanted) throws IOException, JetStreamApiException {
    Optional<StreamConfiguration> known = Streams.known(management, votes);
    if (known.isEmpty()) {
      return;
    }
    boolean present = known.get().getSubjects().contains(subject);
    if (present) {
      refuseUnread(neverRead());
      management.updateStream(wanted);
    }
    try {
      // Again: one may have come in between. Also what a crash at this place left to be done.
      refuseUnread(0);
    } catch (IllegalStateException unread) {
      management.updateStream(StreamConfiguration.builder(wanted).addSubjects(subject).build());
      throw unread;
    }
    for (ConsumerInfo reader : readers()) {
      management.deleteConsumer(votes, reader.getName());
    }
  }

  /** Casts in a stream that nobody ever read casts from. */
  private long neverRead() throws IOException, JetStreamApiException {
    if (!readers().isEmpty()) {
      return 0;
    }
    StreamInfo info = management.getStreamInfo(votes, StreamInfoOptions.filterSubjects(subject));
    return info.getStreamState().getSubjects().stream().mapToLong(Subject::getCount).sum();
  }

  private void refuseUnread(long neverRead) throws IOException, JetStreamApiException {
    List<ConsumerInfo> behind = readers().stream().filter(reader -> unread(reader) > 0).toList();
    if (neverRead == 0 && behind.isEmpty()) {
      return;
    }
    String who =
        behind.stream()
            .map(reader -> reader.getName() + ": " + unread(reader))
            .collect(Collectors.joining(", "));
    throw new IllegalStateException(
        "%s holds casts that are not answered yet (%s). Start the version before this one and let it"
                .formatted(votes, who.isEmpty() ? "nobody read " + neverRead : who)
            + " work them off, then start this one: it keeps casts in a stream of their own.");
  }

  private List<ConsumerInfo> readers() throws IOException, JetStreamApiException {
    return management.getConsumers(votes).stream()
        .filter(info -> info.getConsumerConfiguration().getDurable() != null)
        .filter(info -> subject.equals(info.getConsumerConfiguration().getFilterSubject()))
        .toList();
  }

  private static long unread(ConsumerInfo reader) {
    return reader.getNumPending() + reader.getNumAckPending();
  }
}
