package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client library has to tell. A broker that is away is said once, by the link. */
final class BrokerTroubles implements ErrorListener {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerTroubles.class);

  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.warn("the broker says: {}", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception failure) {
    LOG.debug("connection to the broker", failure);
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    LOG.warn("messages come faster than they are handled; some are dropped");
  }

  @Override
  public void messageDiscarded(Connection connection, Message message) {
    String subject = message.getSubject();
    if (subject == null) {
      // The client's own word to the server, a ping or an unsubscription: it has no subject, and
      // with the connection that it was for it means nothing.
      LOG.debug("the client's own message was discarded before it was sent");
    } else {
      LOG.warn("a message on {} was discarded before it was sent", subject);
    }
  }
}
