package io.scrutin.packaging;

import io.scrutin.ballot.CastMac;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.LocalText;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteVerified;
import io.scrutin.event.Wake;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Events such as a step gets. None is of a vote: tags and seals are of nobody's making. */
final class RehearsedEvents {
  static final String LAW = "law-2026-17";

  private static final Instant AT = Instant.parse("2026-11-21T14:03:07.250Z");
  private static final VoteId VOTE = VoteId.parse("5e9f2c41a7d34b0896e2f1c0d8b7a635");
  private static final Tag TAG = new Tag(pattern(Tag.LENGTH_BYTES));
  private static final SealedChoice SEALED = new SealedChoice(1, "key-1", pattern(84));
  private static final CastMac MAC = new CastMac(pattern(32).toArray());

  private RehearsedEvents() {}

  /** Of the law that they are about, and which is open. */
  private static final Contest CONTEST =
      new Contest(
          LAW,
          new LocalText("loi", "law"),
          new LocalText("oui ou non ?", "yes or no?"),
          List.of(
              new Contest.Choice("oui", new LocalText("oui", "yes")),
              new Contest.Choice("non", new LocalText("non", "no"))),
          AT.minusSeconds(3600),
          Instant.parse("2100-01-01T00:00:00Z"),
          new Contest.ResultsPolicy(Contest.ResultsPolicy.Visibility.LIVE, 10),
          "hmac-sha256",
          new Contest.BallotKey("key-1", pattern(32)));

  static Parcel withContest(Parcel parcel) {
    return parcel.finds(
        "SELECT definition, closes_at",
        new EventCodec().contestJson(CONTEST),
        "2100-01-01 00:00:00+00",
        "open");
  }

  /** Posts them to the parcel's own step, each type as a batch, as the trigger does. */
  static Parcel to(Parcel parcel, EventType... types) {
    Parcel asked = parcel;
    for (EventType type : types) {
      Event event = Event.first(fact(type), "/rehearsal", AT, null);
      String batch =
          new String(new EventCodec().encodeBatch(List.of(event)), StandardCharsets.UTF_8);
      asked = asked.post("/events/" + parcel.name(), EventCodec.BATCH, batch);
    }
    return asked;
  }

  private static Fact fact(EventType type) {
    return Stream.of(
            new VoteCast(VOTE, LAW, TAG, SEALED, MAC.of(VOTE, LAW, TAG, SEALED)),
            new VoteVerified(VOTE, LAW, TAG, SEALED),
            new VoteAccepted(VOTE, LAW, TAG, SEALED),
            new VoteRecorded(VOTE, LAW),
            new Wake("rehearsal"))
        .filter(type.fact()::isInstance)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody rehearses " + type));
  }

  private static Bytes pattern(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, RehearsalSurroundings.PATTERN);
    return Bytes.of(bytes);
  }
}
