package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one process that has to be there, when it dies. */
class KeptProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path dir;
  private final List<FunctionProcess> started = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();

  private FunctionProcess start(int port) throws IOException {
    FunctionProcess process =
        FunctionProcess.start("trigger", NappingFunction.command(dir), dir, Map.of(), port);
    started.add(process);
    return process;
  }

  @Test
  void anotherTakesItsPlaceAndItsPort() throws Exception {
    try (KeptProcess trigger = KeptProcess.start("trigger", this::start)) {
      trigger.tell(told::add);
      trigger.awaitReady();
      URI before = trigger.url();
      kill(started.getFirst());
      Await.until(PATIENCE, () -> started.size() == 2 && trigger.use().alive(), "another process");
      trigger.awaitReady();
      assertThat(trigger.url()).isEqualTo(before);
      assertThat(trigger.use().deaths()).isEqualTo(1);
      Await.until(PATIENCE, () -> told.size() == 1, "it is told");
      assertThat(told.getFirst()).contains("DIED");
    }
    assertThat(started).noneMatch(FunctionProcess::isAlive);
  }

  @Test
  void isTriedAgainWhenItDoesNotStart() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    KeptProcess.Starting failingOnce =
        port -> {
          if (starts.incrementAndGet() == 2) {
            throw new IOException("no memory");
          }
          return start(port);
        };
    try (KeptProcess trigger = KeptProcess.start("trigger", failingOnce)) {
      trigger.tell(told::add);
      kill(started.getFirst());
      Await.until(PATIENCE, () -> started.size() == 2, "the third start");
      assertThat(told.getFirst()).contains("does not start", "no memory");
    }
  }

  @Test
  void nobodyTakesItsPlaceOnceItIsClosed() throws Exception {
    KeptProcess trigger = KeptProcess.start("trigger", this::start);
    kill(started.getFirst());
    trigger.close();
    assertThat(started).noneMatch(FunctionProcess::isAlive);
    assertThat(trigger.isKept()).isFalse();
  }

  private static void kill(FunctionProcess process) {
    ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
  }
}
