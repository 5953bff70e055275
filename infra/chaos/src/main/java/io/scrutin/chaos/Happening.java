package io.scrutin.chaos;

import java.time.Instant;

/**
 * A fault as it was.
 *
 * @param until when its healing began
 * @param healed when that was done
 * @param found what whoever healed it has to say
 */
record Happening(Fault fault, Instant from, Instant until, Instant healed, String found) {}
