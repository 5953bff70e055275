package io.scrutin.trigger;

import java.time.Instant;

/** A message as the broker keeps it, wherever it is read from. */
record Original(String stream, long sequence, String subject, Instant stampedAt, byte[] body) {}
