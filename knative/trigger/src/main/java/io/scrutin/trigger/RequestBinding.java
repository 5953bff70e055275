package io.scrutin.trigger;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.step.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions asked over core NATS, so that asking wakes a sleeping function too. Of all
 * triggers one gets each question.
 */
final class RequestBinding implements RunningBinding {
  private static final Logger LOG = LoggerFactory.getLogger(RequestBinding.class);

  /**
   * Voters come in rushes: five questions at one instant are no reason to send the fifth away, when
   * a place is free a few milliseconds later. Less than any asker's patience.
   */
  private static final Duration WAIT_FOR_A_PLACE = Duration.ofSeconds(1);

  /** Four submits' worth of questions; whoever comes on top of them asks again. */
  private static final int MAX_WAITING = 1_024;

  private static final String LATER = "503";
  private static final String NO_ONE_ANSWER = "204";
  private static final String NEVER = "400";
  private static final String TOO_MANY = "too many questions at once";

  private final BindingConfig config;
  private final FunctionCall call;
  private final TriggerParts parts;
  private final String subject;
  private final BlockingQueue<Question> line = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Semaphore places;
  private final BindingMetrics metrics;
  private final ExecutorService lanes;
  private @Nullable Connection subscribedOn;
  private @Nullable Dispatcher dispatcher;

  RequestBinding(BindingConfig config, FunctionCall call, TriggerParts parts) {
    this.config = config;
    this.call = call;
    this.parts = parts;
    this.subject = config.eventType().subject(parts.environment());
    this.places = new Semaphore(config.inFlight(), true);
    this.metrics =
        new BindingMetrics(
            config, parts.meters(), () -> config.inFlight() - places.availablePermits());
    this.lanes =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-" + config.name() + "-", 0).factory());
  }

  @Override
  public BindingConfig config() {
    return config;
  }

  @Override
  public FunctionCall call() {
    return call;
  }

  @Override
  public void start() {
    parts.broker().connection().ifPresent(this::subscribe);
  }

  /** The client itself subscribes again after a reconnection. */
  @Override
  public void reconnected() {
    parts.broker().connection().ifPresent(this::subscribe);
  }

  private synchronized void subscribe(Connection connection) {
    if (subscribedOn != connection && !lanes.isShutdown()) {
      Dispatcher subscribing = connection.createDispatcher(this::take);
      subscribing.subscribe(subject, config.name());
      dispatcher = subscribing;
      // Last: what was not subscribed is tried again.
      subscribedOn = connection;
    }
  }

  private void take(Message message) {
    Instant arrived = parts.clock().instant();
    Question question;
    try {
      question = new Question(message, parts.codec().decode(message.getData()), arrived);
    } catch (MalformedEvent malformed) {
      Question.refuse(message, NEVER, String.valueOf(malformed.getMessage()));
      return;
    }
    if (line.offer(question)) {
      lanes.execute(this::answerNext);
    } else {
      later(question, TOO_MANY);
    }
  }

  /** One for each question, though a single one may find the places and answer those of many. */
  private void answerNext() {
    try {
      if (!places.tryAcquire(WAIT_FOR_A_PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
        dismissOne(TOO_MANY);
        return;
      }
      try {
        answerWaiting();
      } finally {
        places.release();
      }
    } catch (InterruptedException stopping) {
      dismissOne("stopping");
      Thread.currentThread().interrupt();
    }
  }

  private void dismissOne(String reason) {
    Question first = line.poll();
    if (first != null) {
      later(first, reason);
    }
  }

  private void answerWaiting() throws InterruptedException {
    List<Question> batch = new ArrayList<>();
    line.drainTo(batch, config.batch());
    if (batch.isEmpty()) {
      return;
    }
    try {
      answer(batch);
    } catch (InterruptedException stopping) {
      batch.forEach(question -> later(question, "stopping"));
      throw stopping;
    } catch (RuntimeException failure) {
      LOG.error("{}: questions could not be answered", config.name(), failure);
      batch.forEach(question -> later(question, "failed"));
    }
  }

  private void answer(List<Question> batch) throws InterruptedException {
    // Two who ask the same get the same answer.
    Map<String, Event> asked = new LinkedHashMap<>();
    batch.forEach(question -> asked.putIfAbsent(question.event().id(), question.event()));
    switch (call.call(List.copyOf(asked.values()))) {
      case Reply.Answers answers -> tell(batch, List.copyOf(asked.values()), answers.events());
      case Reply.Away away -> batch.forEach(question -> later(question, away.reason()));
      case Reply.Broken broken when asked.size() == 1 -> {
        LOG.warn("{}: a question broke {}: {}", config.name(), config.function(), broken.reason());
        batch.forEach(question -> later(question, "the function failed"));
      }
      case Reply.Broken _ -> {
        // One of them broke it; the others must not wait for an answer because of that one.
        for (Question question : batch) {
          answer(List.of(question));
        }
      }
    }
  }

  private void tell(List<Question> batch, List<Event> asked, List<Event> answers) {
    Map<String, Verdict> verdicts = new HashMap<>();
    List<Verdict> found = AnswerMatching.of(asked, answers).verdicts();
    for (int i = 0; i < asked.size(); i++) {
      verdicts.put(asked.get(i).id(), found.get(i));
    }
    for (Question question : batch) {
      tell(question, Objects.requireNonNull(verdicts.get(question.event().id())));
    }
  }

  private void tell(Question question, Verdict verdict) {
    switch (verdict) {
      case Verdict.Done done when done.follow().size() == 1 -> {
        question.answer(parts.codec().encode(done.follow().getFirst()));
        metrics.published(1);
        metrics.delivered(question.arrived(), parts.clock().instant());
      }
      case Verdict.Done _ -> question.refuse(NO_ONE_ANSWER, "no one answer");
      case Verdict.Later later -> later(question, later.reason());
      case Verdict.Hopeless hopeless -> question.refuse(NEVER, hopeless.reason());
      case Verdict.Failed failed -> later(question, failed.reason());
    }
  }

  /** So that whoever asks need not wait for a time-out to know. */
  private void later(Question question, String reason) {
    metrics.retried();
    question.refuse(LATER, reason);
  }

  @Override
  public void sample() {}

  @Override
  public void checkpoint() {}

  @Override
  public BindingStats stats() {
    return metrics.stats();
  }

  @Override
  public synchronized void stop() throws InterruptedException {
    Duration patience = parts.config().drainTimeout();
    long end = System.nanoTime() + patience.toNanos();
    Dispatcher open = dispatcher;
    if (open != null) {
      try {
        var _ = open.drain(patience).get();
      } catch (IllegalStateException | ExecutionException closed) {
        LOG.debug("{}: the connection is closed already", config.name());
      }
    }
    lanes.shutdown();
    if (!lanes.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      var _ = lanes.shutdownNow();
    }
    metrics.close();
  }
}
