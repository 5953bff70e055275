package io.scrutin.trigger;

import io.nats.client.api.ConsumerInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A stream and its durables at one moment, and what is to be done about them. */
record StreamLook(String server, Checkpoint.Tail tail, List<ConsumerInfo> durables, Rewind rewind) {
  static final StreamLook NONE =
      new StreamLook("", new Checkpoint.Tail(0, Instant.EPOCH), List.of(), new Rewind.NotNeeded());

  Optional<String> loss() {
    return rewind instanceof Rewind.Lost lost ? Optional.of(lost.why()) : Optional.empty();
  }
}
