package io.scrutin.simulation;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;

/** What a client asks a durable for. */
record PullRequest(int batch, boolean noWait, long expiresNanos) {
  static PullRequest read(byte[] json) {
    try {
      JsonValue value = JsonParser.parse(json);
      return new PullRequest(
          JsonValueUtils.readInteger(value, "batch", 1),
          JsonValueUtils.readBoolean(value, "no_wait", false),
          JsonValueUtils.readLong(value, "expires", 0));
    } catch (JsonParseException malformed) {
      throw new IllegalArgumentException("no pull request", malformed);
    }
  }
}
