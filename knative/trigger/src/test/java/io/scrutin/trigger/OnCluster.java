package io.scrutin.trigger;

import io.scrutin.event.EventType;
import io.scrutin.testing.Await;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A cluster for each test; the functions behind its Services are processes of their own. */
abstract class OnCluster extends OnBroker {
  static final String CAST = EventType.VOTE_CAST.type();

  /** Nothing is found because some time has passed. */
  static final Duration NEVER = Duration.ofHours(1);

  final FunctionProcess one = Functions.ONE;
  final FunctionProcess other = Functions.OTHER;

  final TestCluster cluster = new TestCluster();

  /** For all tests of the JVM; they end with it. */
  private static final class Functions {
    static final FunctionProcess ONE = FunctionProcess.start();
    static final FunctionProcess OTHER = FunctionProcess.start();
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
  }

  DiscoveringTrigger trigger() {
    return trigger(NEVER);
  }

  DiscoveringTrigger trigger(Duration resync) {
    return new DiscoveringTrigger(nats, cluster, resync);
  }

  void awaitVerified(int from, int until) {
    Set<Integer> wanted = new HashSet<>(IntStream.range(from, until).boxed().toList());
    Await.until(
        () -> {
          Set<Integer> verified = new HashSet<>();
          verifiedEvents().forEach(event -> verified.add(Casts.number(event)));
          return verified.containsAll(wanted);
        },
        "verified from " + from + " until " + until);
    awaitAllAcked();
  }
}
