package io.scrutin.audit;

import io.scrutin.audit.Note.OfVote;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Event;
import io.scrutin.event.Fact;
import io.scrutin.event.LocalText;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Events and notes for tests: small numbers stand for voters and votes. */
final class Notes {
  static final String LAW = "law-1";
  static final Instant OPENS = Instant.parse("2026-06-01T08:00:00Z");
  static final Instant CLOSES = Instant.parse("2026-06-02T08:00:00Z");
  static final Instant DURING = OPENS.plusSeconds(3600);

  private Notes() {}

  static VoteId vote(int number) {
    return VoteId.of(ByteBuffer.allocate(VoteId.LENGTH_BYTES).putInt(number).array());
  }

  static Tag tag(int number) {
    return Tag.of(ByteBuffer.allocate(Tag.LENGTH_BYTES).putInt(number).array());
  }

  static Event stamped(Fact fact, Instant stamp) {
    return new Event(fact.eventId(), "test", stamp.minusSeconds(1), null, null, stamp, fact);
  }

  static Event duplicate(int voter, int vote) {
    return stamped(new VoteDuplicated(vote(vote), LAW, tag(voter)), DURING.plusSeconds(vote));
  }

  static OfVote duplicateNote(int voter, int vote) {
    return new OfVote(
        vote(vote), Stage.DUPLICATED, LAW, DURING.plusSeconds(vote), null, tag(voter));
  }

  static Contest contest(ResultsPolicy.Visibility visibility) {
    return contest(LAW, new ResultsPolicy(visibility, 1), OPENS, CLOSES);
  }

  static Contest contest(String law, ResultsPolicy policy, Instant opensAt, Instant closesAt) {
    LocalText text = new LocalText("texte", "text");
    return new Contest(
        law,
        text,
        text,
        List.of(new Choice("oui", text), new Choice("non", text)),
        opensAt,
        closesAt,
        policy,
        "hmac-sha256",
        new BallotKey("key-1", Bytes.of(new byte[32])));
  }
}
