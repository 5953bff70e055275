package io.scrutin.chaos;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.scrutin.chaos.Evidence.Planted;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts what nobody of ours sends straight onto a subject, and remembers where it is. */
final class PoisonSubjects {
  private record Dose(Poison poison, String stream, long sequence, String voteId, Bytes message) {}

  private static final int OVERSIZED_BYTES = 600_000;

  private final KeptMessages messages;
  private final String lawId;
  private final List<Dose> doses = new ArrayList<>();

  PoisonSubjects(KeptMessages messages, String lawId) {
    this.messages = messages;
    this.lawId = lawId;
  }

  synchronized void plant(Poison poison)
      throws IOException, JetStreamApiException, InterruptedException {
    // By its id the same dose, also when it has to be given twice because an answer was lost.
    PublishOptions id = PublishOptions.builder().messageId("poison-" + doses.size()).build();
    VoteId voteId = VoteId.of(Arrays.copyOf(new byte[] {(byte) doses.size(), 99}, 16));
    byte[] message = message(poison, voteId);
    PublishAck ack =
        messages.connection().jetStream().publish(messages.subject(poison.type()), message, id);
    doses.add(
        new Dose(
            poison,
            ack.getStream(),
            ack.getSeqno(),
            poison == Poison.FORGED_MAC || poison == Poison.UNKNOWN_KEY ? voteId.toString() : "",
            Bytes.of(message)));
  }

  synchronized List<Planted> planted()
      throws IOException, JetStreamApiException, InterruptedException {
    List<Planted> planted = new ArrayList<>();
    for (Dose dose : doses) {
      Optional<byte[]> kept = messages.message(dose.stream(), dose.sequence());
      boolean there = kept.map(Bytes::of).filter(dose.message()::equals).isPresent();
      planted.add(new Planted(dose.poison(), dose.stream(), dose.sequence(), dose.voteId(), there));
    }
    return planted;
  }

  private byte[] message(Poison poison, VoteId voteId) {
    return switch (poison) {
      case TRUNCATED_CAST, TRUNCATED_ACCEPTED ->
          "{\"specversion\":\"1.0\",\"id\":\"half".getBytes(StandardCharsets.UTF_8);
      case OVERSIZED -> oversized();
      case WRONG_VERSION ->
          new String(cast(voteId, "some-key"), StandardCharsets.UTF_8)
              .replace("voting.vote.cast.v1", "voting.vote.cast.v2")
              .getBytes(StandardCharsets.UTF_8);
      case UNKNOWN_KEY -> cast(voteId, "nobodys-key");
      case FORGED_MAC -> cast(voteId, "some-key");
    };
  }

  private static byte[] oversized() {
    byte[] message = new byte[OVERSIZED_BYTES];
    Arrays.fill(message, (byte) ' ');
    message[0] = '{';
    message[message.length - 1] = '}';
    return message;
  }

  private byte[] cast(VoteId voteId, String keyId) {
    byte[] tag = new byte[Tag.LENGTH_BYTES];
    Arrays.fill(tag, (byte) 7);
    VoteCast cast =
        new VoteCast(
            voteId,
            lawId,
            Tag.of(tag),
            new SealedChoice(1, keyId, Bytes.of(new byte[122])),
            Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]));
    return new EventCodec().encode(Event.first(cast, "nobody", Instant.now(), null));
  }
}
