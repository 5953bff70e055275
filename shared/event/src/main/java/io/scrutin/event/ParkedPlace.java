package io.scrutin.event;

import java.time.Instant;

/**
 * Which message a binding could not get through. The stamp belongs to it: after a stream lost its
 * tail, a sequence comes again with another message.
 *
 * @param stampedAt the broker's own stamp of the original, to know it by. What is replayed gets the
 *     stamp that the broker has of it, and never this one
 */
public record ParkedPlace(String binding, String stream, long sequence, Instant stampedAt) {
  public ParkedPlace {
    Checks.name("binding", binding, 64);
    Checks.name("stream", stream, 64);
    Checks.notNegative("sequence", sequence);
  }

  /** Of one message at one binding, whenever that was. */
  String id() {
    return binding + "." + stream + "." + sequence;
  }
}
