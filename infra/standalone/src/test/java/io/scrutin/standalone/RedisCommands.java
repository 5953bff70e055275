package io.scrutin.standalone;

import io.lettuce.core.RedisClient;
import java.util.List;

/** What an operator might type into redis-cli. */
final class RedisCommands {
  private RedisCommands() {}

  static void flushAll(String url) {
    try (RedisClient client = RedisClient.create(url)) {
      client.connect().sync().flushall();
    }
  }

  static List<String> keys(String url, String pattern) {
    try (RedisClient client = RedisClient.create(url)) {
      return client.connect().sync().keys(pattern);
    }
  }
}
