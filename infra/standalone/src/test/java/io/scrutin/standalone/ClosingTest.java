package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.testing.Await;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is ended when somebody ends the whole, at whatever moment. */
class ClosingTest {
  private final Closing closing = Closing.withThisProcess();
  private final List<String> ended = new CopyOnWriteArrayList<>();

  private AutoCloseable named(String name) {
    return () -> ended.add(name);
  }

  @Test
  void endsTheLatestFirst() throws Exception {
    closing.start(() -> named("broker"));
    closing.start(() -> named("trigger"));
    closing.close();
    assertThat(ended).containsExactly("trigger", "broker");
  }

  @Test
  void endsTheOthersWhenOneDoesNotEnd() throws Exception {
    closing.start(() -> named("broker"));
    closing.start(
        () ->
            () -> {
              throw new IllegalStateException("held");
            });
    closing.close();
    assertThat(ended).containsExactly("broker");
  }

  @Test
  void startsNothingOnceClosed() {
    closing.close();
    assertThatThrownBy(() -> closing.start(() -> named("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("being stopped");
    assertThat(ended).isEmpty();
  }

  @Test
  void endsOnceWhoeverClosesAgain() throws Exception {
    closing.start(() -> named("broker"));
    closing.close();
    closing.close();
    assertThat(ended).containsExactly("broker");
  }

  @Test
  void whatIsBeingStartedIsWaitedForAndEnded() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Void> start =
        CompletableFuture.runAsync(
            () -> {
              try {
                closing.start(
                    () -> {
                      starting.countDown();
                      go.await();
                      return named("function");
                    });
              } catch (Exception unexpected) {
                throw new IllegalStateException(unexpected);
              }
            });
    starting.await();
    Thread ctrlC = new Thread(closing::close);
    ctrlC.start();
    Await.until(() -> ctrlC.getState() == Thread.State.WAITING, "the closing waits");
    assertThat(ended).isEmpty();
    go.countDown();
    start.get();
    ctrlC.join();
    assertThat(ended).containsExactly("function");
  }

  @Test
  void aWholeEndsItsPartsWhenItIsHandedThem() throws Exception {
    Closing parts = closing.within();
    parts.start(() -> named("part"));
    parts.handOver(named("whole"));
    closing.close();
    assertThat(ended).containsExactly("whole");
  }
}
