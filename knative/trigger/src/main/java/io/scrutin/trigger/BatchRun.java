package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.EventType;
import io.scrutin.event.ParkedPlace;
import io.scrutin.step.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a batch to its function and the answers back. An event is acked only when what followed
 * from it is persisted: a crash anywhere before that only repeats work that may be repeated.
 */
final class BatchRun {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

  private record Question(Delivery delivery, Event event) {}

  private final BindingConfig binding;
  private final FunctionCall call;
  private final EventCodec codec;
  private final Publishing publishing;
  private final Parking parking;
  private final AttemptLedger ledger;
  private final TriggerConfig config;
  private final Time time;
  private final StopSignal stop;
  private final Clock clock;
  private final InHand inHand;
  private final BindingMetrics metrics;

  BatchRun(
      BindingConfig binding,
      FunctionCall call,
      TriggerParts parts,
      StopSignal stop,
      InHand inHand,
      BindingMetrics metrics) {
    this.binding = binding;
    this.call = call;
    this.codec = parts.codec();
    this.clock = parts.clock();
    this.config = parts.config();
    this.time = parts.time();
    this.publishing = new Publishing(parts.publisher(), config.away(), time, stop);
    this.parking =
        new Parking(binding.name(), parts.publisher(), clock, config.releaseLongest(), metrics);
    // No more than these can be set aside at the same time.
    this.ledger = new AttemptLedger(binding.attempts(), binding.maxAckPending());
    this.stop = stop;
    this.inHand = inHand;
    this.metrics = metrics;
  }

  void carry(List<Delivery> batch) throws InterruptedException {
    List<Question> left = readable(batch);
    while (!left.isEmpty()) {
      // Answers name the event's id, so two deliveries of one event are asked about in turn.
      Set<String> ids = new HashSet<>();
      List<Question> round = new ArrayList<>();
      List<Question> rest = new ArrayList<>();
      left.forEach(question -> (ids.add(question.event().id()) ? round : rest).add(question));
      ask(round);
      left = rest;
    }
  }

  private List<Question> readable(List<Delivery> batch) throws InterruptedException {
    List<Question> readable = new ArrayList<>(batch.size());
    for (Delivery delivery : batch) {
      try {
        Event event = delivery.event(codec);
        if (event.fact().type() == binding.eventType()) {
          readable.add(new Question(delivery, event));
        } else {
          park(delivery, null, "its type is not its subject's");
        }
      } catch (MalformedEvent malformed) {
        park(delivery, null, "unreadable: " + malformed.getMessage());
      }
    }
    return readable;
  }

  private void ask(List<Question> round) throws InterruptedException {
    List<Event> events = round.stream().map(Question::event).toList();
    switch (untilAnswered(events)) {
      case Reply.Answers answers -> settle(round, AnswerMatching.of(events, answers.events()));
      case Reply.Broken broken when round.size() == 1 -> failed(round.getFirst(), broken.reason());
      case Reply.Broken _ -> {
        int half = round.size() / 2;
        ask(round.subList(0, half));
        ask(round.subList(half, round.size()));
      }
      case Reply.Away _ -> round.forEach(this::giveBack);
    }
  }

  /** Away only when the trigger stops while the function is. */
  private Reply untilAnswered(List<Event> events) throws InterruptedException {
    Backoff backoff = config.away();
    for (int failures = 0; ; failures++) {
      Reply reply = call(events);
      if (!(reply instanceof Reply.Away away)) {
        return reply;
      }
      if (failures == 0) {
        LOG.warn("{}: {} is away: {}", binding.name(), binding.function(), away.reason());
      }
      if (stop.pause(backoff.jittered(failures, time.chance()))) {
        return reply;
      }
    }
  }

  private Reply call(List<Event> events) throws InterruptedException {
    try {
      return call.call(events);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      LOG.error("{}: the call of {} failed", binding.name(), binding.function(), failure);
      return new Reply.Broken("the call failed");
    }
  }

  private void settle(List<Question> round, AnswerMatching matching) throws InterruptedException {
    if (matching.strays() > 0) {
      LOG.warn(
          "{}: {} answers of {} to nothing asked are dropped",
          binding.name(),
          matching.strays(),
          binding.function());
    }
    List<Event> follow = new ArrayList<>();
    for (int i = 0; i < round.size(); i++) {
      if (matching.verdicts().get(i) instanceof Verdict.Done done && done.isKept()) {
        follow.addAll(done.follow());
        round.get(i).delivery().replayed().map(this::passed).ifPresent(follow::add);
      }
    }
    switch (publishing.publish(follow)) {
      case Publishing.Outcome.Stopped _ -> round.forEach(this::giveBack);
      case Publishing.Outcome.Persisted persisted -> {
        metrics.published(follow.size() - persisted.impossible().size());
        for (int i = 0; i < round.size(); i++) {
          settle(round.get(i), matching.verdicts().get(i), persisted.impossible());
        }
      }
    }
  }

  private Event passed(ParkedPlace place) {
    return Event.first(new EventReplayed(place), "trigger", clock.instant(), null);
  }

  private void settle(Question question, Verdict verdict, Set<Event> impossible)
      throws InterruptedException {
    switch (verdict) {
      case Verdict.Done done
          when !done.isKept() || done.follow().stream().anyMatch(impossible::contains) ->
          failed(question, "an answer that cannot be published");
      case Verdict.Done _ -> {
        question.delivery().ack();
        inHand.remove(question.delivery());
        ledger.passed(question.delivery().sequence());
        metrics.delivered(question.delivery().stampedAt(), clock.instant());
      }
      case Verdict.Later _ -> release(question.delivery(), question.delivery().earlierDeliveries());
      case Verdict.Hopeless hopeless ->
          park(question.delivery(), question.event(), hopeless.reason());
      case Verdict.Failed failed -> failed(question, failed.reason());
    }
  }

  private void failed(Question question, String reason) throws InterruptedException {
    Delivery delivery = question.delivery();
    switch (ledger.failed(delivery.sequence(), delivery.earlierDeliveries())) {
      case AttemptLedger.Decision.Release release -> {
        broke(delivery, release.failures(), reason);
        release(delivery, release.failures() - 1);
      }
      case AttemptLedger.Decision.HandOn handOn -> {
        broke(delivery, handOn.failures(), reason);
        giveBack(question);
        metrics.retried();
      }
      case AttemptLedger.Decision.GiveUp giveUp ->
          park(
              delivery,
              question.event(),
              "broke its function %d times: %s".formatted(giveUp.failures(), reason));
    }
  }

  private void broke(Delivery delivery, int failures, String reason) {
    LOG.warn(
        "{}: {} broke {}, attempt {}: {}",
        binding.name(),
        delivery.sequence(),
        binding.function(),
        failures,
        reason);
  }

  private void park(Delivery delivery, @Nullable Event event, String reason)
      throws InterruptedException {
    if (binding.eventType() == EventType.EVENT_PARKED) {
      // It is in the right stream already; parked again it would come back here for ever.
      LOG.error("ALERT {}: {} is not taken: {}", binding.name(), delivery.sequence(), reason);
      release(delivery, Integer.MAX_VALUE);
      return;
    }
    if (parking.park(delivery, event, reason)) {
      ledger.forget(delivery.sequence());
    }
    inHand.remove(delivery);
  }

  private void release(Delivery delivery, int failures) {
    inHand.remove(delivery);
    delivery.release(config.release().after(failures));
    metrics.retried();
  }

  private void giveBack(Question question) {
    inHand.remove(question.delivery());
    question.delivery().giveBack();
  }
}
