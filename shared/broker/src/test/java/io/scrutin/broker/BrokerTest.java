package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamState;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Fact;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.StreamName;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.servers.NatsServer;
import io.scrutin.servers.ServerPrograms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

final class BrokerTest {
  private static final StreamSizes SIZES = new StreamSizes(64 << 20, 1 << 20, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final EventCodec CODEC = new EventCodec();
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir static Path dir;
  private static NatsServer server;

  private String environment = "";
  private BrokerLink link;
  private EventPublisher publisher;

  @BeforeAll
  static void started() {
    server = NatsServer.start(ServerPrograms.onThisMachine(System.err::println), dir, 0);
  }

  @AfterAll
  static void stopped() {
    server.close();
  }

  @BeforeEach
  void declared(TestInfo test) throws Exception {
    if (!server.isRunning()) {
      server.restart();
    }
    environment = test.getTestMethod().orElseThrow().getName();
    link = BrokerLink.open(server.url(), environment);
    Streams.declare(link.await(PATIENCE), environment, SIZES);
    publisher = new EventPublisher(link, environment, CODEC);
  }

  @AfterEach
  void closed() throws InterruptedException {
    link.close();
  }

  @Test
  void declaringTwiceChangesNothing() throws Exception {
    publisher.publish(recorded(1)).join();
    Streams.declare(connection(), environment, SIZES);
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(1);
  }

  @Test
  void declaringOtherSizesTakesThemOn() throws Exception {
    Streams.declare(connection(), environment, new StreamSizes(128 << 20, 1 << 20, 1));
    assertThat(configuration(StreamName.VOTES).getMaxBytes()).isEqualTo(128 << 20);
  }

  @Test
  void streamsAreKeptOnFileAndRefuseWhatDoesNotFit() throws Exception {
    StreamConfiguration votes = configuration(StreamName.VOTES);
    assertThat(votes.getStorageType()).isEqualTo(StorageType.File);
    assertThat(votes.getRetentionPolicy()).isEqualTo(RetentionPolicy.Limits);
    assertThat(votes.getDiscardPolicy()).isEqualTo(DiscardPolicy.New);
    assertThat(votes.getDuplicateWindow()).isEqualTo(Streams.DUPLICATE_WINDOW);
    assertThat(votes.getMaxAge()).isZero();
    assertThat(votes.getSubjects())
        .containsExactlyInAnyOrderElementsOf(StreamName.VOTES.subjects(environment));
  }

  @Test
  void anAcknowledgedEventIsStoredAsItWas() throws Exception {
    Event event = cast(1);
    publisher.publish(event).join();
    byte[] stored =
        connection()
            .jetStreamManagement()
            .getMessage(StreamName.VOTES.in(environment), 1)
            .getData();
    assertThat(CODEC.decode(stored)).isEqualTo(event);
  }

  @Test
  void aCastPublishedTwiceIsStoredOnce() throws Exception {
    publisher.publish(cast(7)).join();
    publisher.publish(cast(7)).join();
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(1);
  }

  @Test
  void laterStepsCarryNoMessageId() throws Exception {
    publisher.publish(recorded(7)).join();
    publisher.publish(recorded(7)).join();
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(2);
  }

  @Test
  void aFullStreamRefusesTheNewAndKeepsTheOld() throws Exception {
    Streams.declare(connection(), environment, new StreamSizes(4_096, 1 << 20, 1));
    List<BrokerRefused.Why> refusals = new ArrayList<>();
    int acknowledged = 0;
    for (int number = 0; number < 30; number++) {
      Throwable failure = failureOf(publisher.publish(cast(number)));
      if (failure == null) {
        acknowledged++;
      } else {
        refusals.add(((BrokerRefused) failure).why());
      }
    }
    assertThat(refusals).isNotEmpty().containsOnly(BrokerRefused.Why.FULL);
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(acknowledged).isPositive();
    assertThat(state(StreamName.VOTES).getFirstSequence()).isEqualTo(1);
  }

  @Test
  void aMissingStreamIsABrokerThatIsAway() throws Exception {
    connection().jetStreamManagement().deleteStream(StreamName.VOTES.in(environment));
    assertRefusedAsAway(publisher.publish(cast(1)));
  }

  @Test
  void aKilledBrokerIsSaidToBeAwayWithinASecondAndServesAgainAfterItsRestart() throws Exception {
    publisher.publish(cast(1)).join();
    server.kill();
    long killed = System.nanoTime();
    assertRefusedAsAway(publisher.publish(cast(2)));
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(1));
    server.restart();
    link.await(PATIENCE);
    publisher.publish(cast(3)).join();
    assertThat(state(StreamName.VOTES).getMsgCount()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void everyPublishInFlightEndsWhenTheBrokerIsKilled() throws Exception {
    List<CompletableFuture<Void>> published = new ArrayList<>();
    for (int number = 0; number < 5_000; number++) {
      published.add(publisher.publish(cast(number)));
      if (number == 3_000) {
        server.kill();
      }
    }
    CompletableFuture<?> all = CompletableFuture.allOf(published.toArray(CompletableFuture[]::new));
    assertThat(catchThrowable(() -> all.get(3, TimeUnit.SECONDS)))
        .hasCauseInstanceOf(BrokerRefused.class);
    long acknowledged = published.stream().filter(each -> !each.isCompletedExceptionally()).count();
    server.restart();
    link.await(PATIENCE);
    assertThat(state(StreamName.VOTES).getMsgCount()).isGreaterThanOrEqualTo(acknowledged);
  }

  @Test
  void twentyThousandPublishesKeepToTheBound() throws Exception {
    Semaphore window = new Semaphore(EventPublisher.MOST_IN_FLIGHT);
    List<CompletableFuture<Void>> published = new ArrayList<>();
    for (int number = 0; number < 20_000; number++) {
      assertThat(window.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      published.add(publisher.publish(cast(number)).whenComplete((_, _) -> window.release()));
    }
    CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(20_000);
  }

  @Test
  void whatIsPastTheBoundFailsAtOnce() {
    List<CompletableFuture<Void>> published =
        IntStream.range(0, 4 * EventPublisher.MOST_IN_FLIGHT)
            .mapToObj(number -> publisher.publish(recorded(number)))
            .toList();
    published.forEach(
        each -> {
          Throwable failure = failureOf(each);
          assertThat(failure == null || ((BrokerRefused) failure).why() == BrokerRefused.Why.AWAY)
              .isTrue();
        });
    // All are answered, so there is room for one more.
    publisher.publish(recorded(0)).join();
  }

  @Test
  void theLinkIsMadeWhenTheBrokerComesLater() throws Exception {
    server.stop();
    try (BrokerLink early = BrokerLink.open(server.url(), "early")) {
      assertThat(early.connection()).isEmpty();
      assertRefusedAsAway(new EventPublisher(early, environment, CODEC).publish(cast(1)));
      assertThatThrownBy(() -> early.await(Duration.ofMillis(50)))
          .isInstanceOf(BrokerRefused.class);
      server.restart();
      assertThat(early.await(PATIENCE).getStatus()).isEqualTo(Connection.Status.CONNECTED);
    }
  }

  @Test
  void listenersHearOfEachConnection() throws Exception {
    Semaphore heard = new Semaphore(0);
    link.whenConnected(_ -> heard.release());
    assertThat(heard.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    server.restart();
    assertThat(heard.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    assertThat(heard.availablePermits()).isZero();
  }

  @Test
  void aQuestionGetsItsAnswer() throws Exception {
    Event asked = event(new OutcomeAsked(voteId(1)));
    Event told = asked.then(new OutcomeTold(voteId(1), null), "audit", NOON);
    Dispatcher audit =
        connection()
            .createDispatcher(
                message -> connectionOf(message).publish(message.getReplyTo(), CODEC.encode(told)));
    audit.subscribe(asked.fact().type().subject(environment), "audit");
    connection().flush(PATIENCE);
    assertThat(new Requests(link, environment, CODEC).ask(asked, PATIENCE).join()).isEqualTo(told);
  }

  private Connection connectionOf(Message message) {
    assertThat(message.getReplyTo()).isNotNull();
    return connection();
  }

  @Test
  void aQuestionThatNobodyHearsIsLaterNotNo() {
    Requests requests = new Requests(link, environment, CODEC);
    assertRefusedAsAway(requests.ask(event(new OutcomeAsked(voteId(1))), PATIENCE));
  }

  @Test
  void aQuestionThatIsNotAnsweredEndsInTime() throws Exception {
    Event asked = event(new OutcomeAsked(voteId(1)));
    connection().createDispatcher(_ -> {}).subscribe(asked.fact().type().subject(environment));
    connection().flush(PATIENCE);
    long start = System.nanoTime();
    assertRefusedAsAway(new Requests(link, environment, CODEC).ask(asked, Duration.ofMillis(100)));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void theSizingRuleHoldsForTheEventsOfAVote() throws Exception {
    publisher.publish(cast(1)).join();
    assertThat(state(StreamName.VOTES).getByteCount()).isLessThan(StreamSizes.BYTES_PER_EVENT);
  }

  private Connection connection() {
    return link.connection().orElseThrow();
  }

  private StreamConfiguration configuration(StreamName stream)
      throws IOException, JetStreamApiException {
    return connection()
        .jetStreamManagement()
        .getStreamInfo(stream.in(environment))
        .getConfiguration();
  }

  private StreamState state(StreamName stream) throws IOException, JetStreamApiException {
    return connection()
        .jetStreamManagement()
        .getStreamInfo(stream.in(environment))
        .getStreamState();
  }

  private static void assertRefusedAsAway(CompletableFuture<?> refused) {
    assertThat(failureOf(refused))
        .isInstanceOfSatisfying(
            BrokerRefused.class,
            refusal -> assertThat(refusal.why()).isEqualTo(BrokerRefused.Why.AWAY));
  }

  private static @Nullable Throwable failureOf(CompletableFuture<?> future) {
    try {
      future.orTimeout(10, TimeUnit.SECONDS).join();
      return null;
    } catch (CompletionException failure) {
      return failure.getCause();
    }
  }

  private static Event cast(int number) {
    Tag tag = Tag.of(ByteBuffer.allocate(Tag.LENGTH_BYTES).putInt(number).array());
    SealedChoice sealed = new SealedChoice(1, "key-2026", Bytes.of(new byte[128]));
    Bytes mac = Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]);
    return event(new VoteCast(voteId(number), "referendum-2026", tag, sealed, mac));
  }

  private static Event recorded(int number) {
    return event(new VoteRecorded(voteId(number), "referendum-2026"));
  }

  private static Event event(Fact fact) {
    return Event.first(
        fact, "submit", NOON, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  private static VoteId voteId(int number) {
    return VoteId.of(ByteBuffer.allocate(VoteId.LENGTH_BYTES).putInt(12, number).array());
  }
}
