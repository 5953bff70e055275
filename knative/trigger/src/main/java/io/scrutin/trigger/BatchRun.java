package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.step.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a batch to its function and the answers back. An event is acked only when what followed
 * from it is persisted: a crash anywhere before that only repeats work that may be repeated.
 */
final class BatchRun {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

  /**
   * @param place of the event within the message
   */
  private record Question(Delivery delivery, Carried message, Event event, int place) {
    /** Tells it from all others that the binding ever has in hand. */
    long number() {
      return delivery.sequence() * EventCodec.MAX_BATCH + place;
    }
  }

  private final BindingConfig binding;
  private final FunctionCall call;
  private final EventCodec codec;
  private final Publishing publishing;
  private final LetGo letGo;
  private final AttemptLedger ledger;
  private final TriggerConfig config;
  private final Time time;
  private final StopSignal stop;
  private final Clock clock;
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
    this.letGo = new LetGo(binding, parts, publishing, inHand, metrics);
    // No more than these can be set aside at the same time.
    this.ledger = new AttemptLedger(binding.attempts(), binding.maxAckPending());
    this.stop = stop;
    this.metrics = metrics;
  }

  void carry(List<Delivery> batch) throws InterruptedException {
    List<Question> left = readable(batch);
    while (!left.isEmpty()) {
      // Answers name the event's id, so two deliveries of one event are asked about in turn.
      Set<String> ids = new HashSet<>();
      List<Question> round = new ArrayList<>();
      List<Question> rest = new ArrayList<>();
      for (Question question : left) {
        boolean fits = round.size() < binding.batch() && ids.add(question.event().id());
        (fits ? round : rest).add(question);
      }
      ask(round);
      left = rest;
    }
  }

  private List<Question> readable(List<Delivery> batch) throws InterruptedException {
    List<Question> readable = new ArrayList<>(batch.size());
    for (Delivery delivery : batch) {
      try {
        List<Event> events = delivery.events(codec);
        if (events.stream().allMatch(event -> event.fact().type() == binding.eventType())) {
          Carried message = new Carried(events.size());
          for (int i = 0; i < events.size(); i++) {
            readable.add(new Question(delivery, message, events.get(i), i));
          }
        } else {
          letGo.park(delivery, null, "its type is not its subject's");
        }
      } catch (MalformedEvent malformed) {
        letGo.park(delivery, null, "unreadable: " + malformed.getMessage());
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
      case Reply.Away _ -> giveBack(round);
    }
  }

  /** Away only when the trigger stops while the function is. */
  private Reply untilAnswered(List<Event> events) throws InterruptedException {
    Backoff backoff = config.away();
    for (int failures = 0; ; failures++) {
      Reply reply = AskFunction.ask(binding, call, events);
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
      }
    }
    switch (publishing.publish(follow)) {
      case Publishing.Outcome.Stopped _ -> giveBack(round);
      case Publishing.Outcome.Persisted persisted -> {
        metrics.published(follow.size() - persisted.impossible().size());
        for (int i = 0; i < round.size(); i++) {
          settle(round.get(i), matching.verdicts().get(i), persisted.impossible());
        }
      }
    }
  }

  private void settle(Question question, Verdict verdict, Set<Event> impossible)
      throws InterruptedException {
    switch (verdict) {
      case Verdict.Done done
          when !done.isKept() || done.follow().stream().anyMatch(impossible::contains) ->
          failed(question, "an answer that cannot be published");
      case Verdict.Done _ -> {
        ledger.passed(question.number());
        metrics.delivered(question.delivery().stampedAt(), clock.instant());
        letGo.end(question.delivery(), question.message().settled());
      }
      case Verdict.Later _ -> again(question, question.delivery().earlierDeliveries());
      case Verdict.Hopeless hopeless -> setAside(question, hopeless.reason());
      case Verdict.Failed failed -> failed(question, failed.reason());
    }
  }

  private void failed(Question question, String reason) throws InterruptedException {
    Delivery delivery = question.delivery();
    switch (ledger.failed(question.number(), delivery.earlierDeliveries())) {
      case AttemptLedger.Decision.Release release -> {
        broke(delivery, release.failures(), reason);
        again(question, release.failures() - 1);
      }
      case AttemptLedger.Decision.HandOn handOn -> {
        broke(delivery, handOn.failures(), reason);
        giveBack(question);
        metrics.retried();
      }
      case AttemptLedger.Decision.GiveUp giveUp ->
          setAside(
              question, "broke its function %d times: %s".formatted(giveUp.failures(), reason));
    }
  }

  private void again(Question question, int failures) throws InterruptedException {
    letGo.end(question.delivery(), question.message().again(failures));
  }

  private void giveBack(List<Question> round) throws InterruptedException {
    for (Question question : round) {
      giveBack(question);
    }
  }

  private void giveBack(Question question) throws InterruptedException {
    letGo.end(question.delivery(), question.message().giveBack());
  }

  /**
   * One of several is published again by itself, and goes the way of those that come alone from
   * then on: only a whole message can be parked, and the others are settled.
   */
  private void setAside(Question question, String reason) throws InterruptedException {
    if (question.message().isAlone()) {
      park(question, reason);
      return;
    }
    LOG.warn(
        "{}: one of {} goes on alone: {}", binding.name(), question.delivery().sequence(), reason);
    switch (publishing.publish(List.of(question.event()))) {
      case Publishing.Outcome.Stopped _ -> giveBack(question);
      // Unsettled, or it would be nowhere: what no broker takes was read from one a moment ago.
      case Publishing.Outcome.Persisted persisted when !persisted.impossible().isEmpty() ->
          again(question, question.delivery().earlierDeliveries());
      case Publishing.Outcome.Persisted _ -> {
        ledger.forget(question.number());
        letGo.end(question.delivery(), question.message().settled());
      }
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

  private void park(Question question, String reason) throws InterruptedException {
    if (letGo.park(question.delivery(), question.event(), reason)) {
      ledger.forget(question.number());
    }
  }
}
