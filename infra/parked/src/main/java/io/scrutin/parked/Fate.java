package io.scrutin.parked;

import java.util.Locale;

/** What became of a parked event. */
enum Fate {
  /** It waits for a person. */
  OPEN,
  /** A person ordered its replay, and the trigger has yet to carry it out. */
  ORDERED,
  /** It got through after all. */
  REPLAYED,
  /** A person gave it up. */
  DISCARDED,
  /** Its vote has an outcome, by another way than a replay of this. */
  SETTLED;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
