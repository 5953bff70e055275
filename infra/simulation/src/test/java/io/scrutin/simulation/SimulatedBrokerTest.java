package io.scrutin.simulation;

import io.nats.client.Connection;
import io.nats.client.Options;
import io.scrutin.event.StreamName;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

final class SimulatedBrokerTest extends BrokerPromises {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world = new World(1);
  private final Fates fates = new Fates(world, new Coverage());
  private final SimulatedBroker broker = new SimulatedBroker(world, fates, Election.ENVIRONMENT);
  private @Nullable Connection connection;

  @Override
  void with(Body body) throws Exception {
    SimulatedProcess process = world.process("test");
    Throwable[] failure = new Throwable[1];
    boolean[] over = {false};
    process.start(
        "test",
        () -> {
          connection = broker.connect(process, Options.builder().build());
          try {
            body.run();
          } catch (Throwable thrown) {
            failure[0] = thrown;
          }
          over[0] = true;
        });
    world.run(() -> over[0]);
    if (failure[0] != null) {
      throw new AssertionError(failure[0]);
    }
  }

  @Override
  Connection connection() {
    return Objects.requireNonNull(connection);
  }

  @Override
  String environment() {
    return Election.ENVIRONMENT;
  }

  @Override
  void until(BooleanSupplier isSo) {
    long end = world.nanos() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      if (world.nanos() > end) {
        throw new AssertionError("not within " + PATIENCE);
      }
      world.sleep(Duration.ofMillis(1));
    }
  }

  @Override
  void fill() {
    broker.stream(StreamName.CASTS.in(Election.ENVIRONMENT))
        .ifPresent(stream -> stream.leaveRoomFor(0));
  }
}
