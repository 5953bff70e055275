package io.scrutin.contests;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.EventCodec;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Whether the broker tells of contests all that there is to tell. */
final class Announcements {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final BrokerLink broker;
  private final String environment;
  private final EventCodec codec;

  Announcements(Outbox outbox, BrokerLink broker, String environment, EventCodec codec) {
    this.outbox = outbox;
    this.broker = broker;
    this.environment = environment;
    this.codec = codec;
  }

  /**
   * @return how many events the broker took
   * @throws BrokerRefused when it is away; what could not be told waits
   */
  int tell() throws SQLException {
    try {
      Connection connection = broker.await(PATIENCE);
      outbox.tellAgainIfLost(
          outbox.told(), new ContestEvents(connection, environment, codec).ids());
      return outbox.publishWaiting();
    } catch (IOException | JetStreamApiException away) {
      throw new BrokerRefused(BrokerRefused.Why.AWAY, away);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new BrokerRefused(BrokerRefused.Why.AWAY, stopping);
    }
  }
}
