package io.scrutin.submit;

import io.nats.client.Dispatcher;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.Outcome;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteRecorded;
import io.scrutin.testing.TestNats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A submit whose voters come in time or late, and the others whom a test plays. */
abstract class OutcomesOnNats {
  static final String LAW = "open-law";
  static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
  static final EventCodec CODEC = new EventCodec();

  static TestNats.Environment nats;
  static SubmitServer submit;
  private @Nullable Dispatcher others;

  @BeforeAll
  static void start() throws Exception {
    nats = TestNats.freshEnvironment();
    Instant now = Instant.now();
    for (var law :
        Map.of(LAW, now.plusSeconds(3600), "past-law", now.minusSeconds(3600)).entrySet()) {
      SubmitServer.announce(
          nats.connection(),
          nats.name(),
          new ContestOpened(Samples.contest(law.getKey(), now.minusSeconds(7200), law.getValue())));
    }
    submit = SubmitServer.start(nats.url(), nats.name(), Map.of());
  }

  @AfterEach
  void silenceTheOthers() {
    if (others != null) {
      nats.connection().closeDispatcher(others);
    }
  }

  @AfterAll
  static void stop() {
    submit.close();
    nats.close();
  }

  static String vote(String lawId) {
    return Samples.vote(Samples.NAS, Samples.CODE, lawId, "oui");
  }

  void eachCastLeadsTo(Function<VoteCast, Fact> next) throws Exception {
    others()
        .subscribe(
            EventType.VOTE_CAST.subject(nats.name()),
            message -> {
              VoteCast cast = (VoteCast) decoded(message.getData()).fact();
              try {
                SubmitServer.announce(nats.connection(), nats.name(), next.apply(cast));
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    flush();
  }

  /** As the trigger publishes what became of a batch. */
  void eachCastIsRecordedWith(VoteRecorded... others) throws Exception {
    others()
        .subscribe(
            EventType.VOTE_CAST.subject(nats.name()),
            message -> {
              Event cast = decoded(message.getData());
              List<Event> together = new ArrayList<>();
              for (VoteRecorded other : others) {
                together.add(Event.first(other, "store", THEN, null));
              }
              VoteRecorded own = new VoteRecorded(((VoteCast) cast.fact()).voteId(), LAW);
              together.add(cast.then(own, "store", THEN));
              nats.connection()
                  .publish(
                      EventType.VOTE_RECORDED.subject(nats.name()), CODEC.encodeBatch(together));
            });
    flush();
  }

  void auditTells(Function<OutcomeAsked, @Nullable Outcome> outcome) throws Exception {
    others()
        .subscribe(
            EventType.OUTCOME_ASKED.subject(nats.name()),
            message -> {
              Event question = decoded(message.getData());
              OutcomeAsked asked = (OutcomeAsked) question.fact();
              OutcomeTold told = new OutcomeTold(asked.voteId(), outcome.apply(asked));
              nats.connection()
                  .publish(message.getReplyTo(), CODEC.encode(question.then(told, "audit", THEN)));
            });
    flush();
  }

  /** What is published from now on is heard by the others. */
  private static void flush() throws Exception {
    nats.connection().flush(Duration.ofSeconds(5));
  }

  private Dispatcher others() {
    Dispatcher made = others == null ? nats.connection().createDispatcher() : others;
    others = made;
    return made;
  }

  private static Event decoded(byte[] data) {
    try {
      return CODEC.decode(data);
    } catch (EventCodec.MalformedEvent malformed) {
      throw new IllegalStateException(malformed);
    }
  }
}
