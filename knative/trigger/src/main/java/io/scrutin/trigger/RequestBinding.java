package io.scrutin.trigger;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.scrutin.broker.Requests;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.step.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** As of NATS services (ADR-32): what {@link Requests#NO_ANSWER} says, for machines. */
  static final String ERROR_CODE = "Nats-Service-Error-Code";

  /**
   * Voters come in rushes: five questions at one instant are no reason to send the fifth away, when
   * a place is free a few milliseconds later. Less than any asker's patience.
   */
  private static final Duration WAIT_FOR_A_PLACE = Duration.ofSeconds(1);

  /** Four submits' worth of questions; whoever comes on top of them asks again. */
  private static final int MAX_WAITING = 1_024;

  private static final String TOO_MANY = "too many questions at once";

  private final BindingConfig config;
  private final FunctionCall call;
  private final TriggerParts parts;
  private final String subject;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);
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

  private void take(Message question) {
    if (!waiting.tryAcquire()) {
      later(question, TOO_MANY);
      return;
    }
    lanes.execute(
        () -> {
          try {
            answerInTurn(question);
          } catch (InterruptedException stopping) {
            later(question, "stopping");
            Thread.currentThread().interrupt();
          } catch (RuntimeException failure) {
            LOG.error("{}: a question could not be answered", config.name(), failure);
            later(question, "failed");
          } finally {
            waiting.release();
          }
        });
  }

  private void answerInTurn(Message question) throws InterruptedException {
    if (!places.tryAcquire(WAIT_FOR_A_PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
      later(question, TOO_MANY);
      return;
    }
    try {
      answer(question);
    } finally {
      places.release();
    }
  }

  private void answer(Message question) throws InterruptedException {
    Instant arrived = parts.clock().instant();
    Event event;
    try {
      event = parts.codec().decode(question.getData());
    } catch (MalformedEvent malformed) {
      refuse(question, "400", String.valueOf(malformed.getMessage()));
      return;
    }
    switch (call.call(List.of(event))) {
      case Reply.Answers answers -> tell(question, event, answers.events(), arrived);
      case Reply.Away away -> later(question, away.reason());
      case Reply.Broken broken -> {
        LOG.warn("{}: a question broke {}: {}", config.name(), config.function(), broken.reason());
        later(question, "the function failed");
      }
    }
  }

  private void tell(Message question, Event event, List<Event> answers, Instant arrived) {
    switch (AnswerMatching.of(List.of(event), answers).verdicts().getFirst()) {
      case Verdict.Done done when done.follow().size() == 1 -> {
        reply(question, parts.codec().encode(done.follow().getFirst()), new Headers());
        metrics.published(1);
        metrics.delivered(arrived, parts.clock().instant());
      }
      case Verdict.Done _ -> refuse(question, "204", "no one answer");
      case Verdict.Later later -> later(question, later.reason());
      case Verdict.Hopeless hopeless -> refuse(question, "400", hopeless.reason());
      case Verdict.Failed failed -> later(question, failed.reason());
    }
  }

  /** So that whoever asks need not wait for a time-out to know. */
  private void later(Message question, String reason) {
    metrics.retried();
    refuse(question, "503", reason);
  }

  private void refuse(Message question, String code, String reason) {
    reply(
        question,
        new byte[0],
        new Headers()
            .add(ERROR_CODE, code)
            .add(Requests.NO_ANSWER, reason.replaceAll("[\r\n]", " ")));
  }

  private void reply(Message question, byte[] body, Headers headers) {
    Connection connection = question.getConnection();
    String replyTo = question.getReplyTo();
    if (connection == null || replyTo == null) {
      return;
    }
    try {
      connection.publish(
          NatsMessage.builder().subject(replyTo).headers(headers).data(body).build());
    } catch (IllegalStateException disconnected) {
      // Whoever asked asks again.
    }
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
