package io.scrutin.chaos;

import java.time.Duration;

/** A fault and its moment, from when votes come in. */
record Planned(Duration at, Fault fault) {
  Duration until() {
    return at.plus(fault.lasts());
  }
}
