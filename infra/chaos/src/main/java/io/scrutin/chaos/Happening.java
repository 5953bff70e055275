package io.scrutin.chaos;

import java.time.Instant;

/**
 * A fault as it was.
 *
 * @param found what whoever healed it has to say
 */
record Happening(Fault fault, Instant from, Instant until, String found) {}
