package io.scrutin.simulation;

import io.nats.client.Connection;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.event.StreamName;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

final class RealBrokerTest extends BrokerPromises {
  private final TestNats.Environment nats = TestNats.freshEnvironment();

  @AfterEach
  void leave() {
    nats.close();
  }

  @Override
  void with(Body body) throws Exception {
    body.run();
  }

  @Override
  Connection connection() {
    return nats.connection();
  }

  @Override
  String environment() {
    return nats.name();
  }

  @Override
  void until(BooleanSupplier isSo) {
    Await.until(isSo::getAsBoolean, "what the broker promises");
  }

  @Override
  void fill() throws Exception {
    var management = connection().jetStreamManagement();
    var info = management.getStreamInfo(StreamName.CASTS.in(environment()));
    management.updateStream(
        StreamConfiguration.builder(info.getConfiguration())
            .maxMessages(info.getStreamState().getMsgCount())
            .build());
  }
}
