package io.scrutin.hashgen;

/** Redis did not answer, many times over. */
final class RedisAway extends Exception {
  private static final long serialVersionUID = 1;

  RedisAway() {
    super(
        "Redis does not answer. No roll is called complete without its index; nobody is refused"
            + " meanwhile. Start the command again when Redis is back: it goes on where it stopped");
  }
}
