package io.scrutin.hashgen;

/**
 * What one copy of a roll has and another lacks.
 *
 * @param what a tag in hexadecimal, or a bucket: one-way, and nobody's name
 */
record Difference(Kind kind, String what) {
  enum Kind {
    SHARD("the shards are not the manifest's"),
    ROLL("the roll's row in Postgres"),
    NOT_IN_POSTGRES("in the shards, not in Postgres"),
    ONLY_IN_POSTGRES("in Postgres, not in the shards"),
    NO_SENTINEL("Redis has no sentinel for bucket"),
    NOT_IN_REDIS("in the shards, not in Redis"),
    ONLY_IN_REDIS("in Redis, not in the shards");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  @Override
  public String toString() {
    return kind.text + ": " + what;
  }
}
