package io.scrutin.trigger;

import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.Fact;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteFact;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteVerified;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Votes with a number. */
final class Casts {
  static final String LAW = "law-1";

  private Casts() {}

  static Event cast(int number) {
    return Event.first(fact(number), "submit", Instant.parse("2026-11-21T10:00:00Z"), null);
  }

  static List<Event> casts(int from, int until) {
    return IntStream.range(from, until).mapToObj(Casts::cast).toList();
  }

  static VoteCast fact(int number) {
    SealedChoice sealed = new SealedChoice(1, "k1", Bytes.of(new byte[80]));
    Tag tag = Tag.of(ByteBuffer.allocate(32).putInt(28, number).array());
    return new VoteCast(id(number), LAW, tag, sealed, Bytes.of(new byte[32]));
  }

  static VoteId id(int number) {
    return VoteId.of(ByteBuffer.allocate(16).putInt(12, number).array());
  }

  static int number(Fact fact) {
    return ByteBuffer.wrap(((VoteFact) fact).voteId().bytes().toArray()).getInt(12);
  }

  static int number(Event event) {
    return number(event.fact());
  }

  static VoteVerified verified(Event cast) {
    VoteCast vote = (VoteCast) cast.fact();
    return new VoteVerified(vote.voteId(), vote.lawId(), vote.tag(), vote.sealed());
  }

  static VoteAccepted accepted(Event cast) {
    VoteCast vote = (VoteCast) cast.fact();
    return new VoteAccepted(vote.voteId(), vote.lawId(), vote.tag(), vote.sealed());
  }
}
