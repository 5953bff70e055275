package io.scrutin.hashgen;

import io.scrutin.console.Surroundings;
import io.scrutin.redis.RedisLink;
import java.sql.SQLException;

/** The two places that a roll is loaded into. */
record Stores(Surroundings surroundings) {
  RollTables tables() throws SQLException {
    return RollTables.open(surroundings.postgres("hashgen"));
  }

  RedisLink redis() {
    return new RedisLink(surroundings.get(Surroundings.REDIS_URL), RollIndex.PATIENCE);
  }

  RollIndex index(RedisLink redis, String law) {
    return new RollIndex(redis, surroundings.environment(), law);
  }
}
