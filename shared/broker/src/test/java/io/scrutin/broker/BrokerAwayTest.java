package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nats.client.Connection;
import io.scrutin.event.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BrokerAwayTest extends OnNats {
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
    assertThat(state(StreamName.CASTS).getMsgCount()).isGreaterThanOrEqualTo(2);
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
    assertThat(state(StreamName.CASTS).getMsgCount()).isGreaterThanOrEqualTo(acknowledged);
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
}
