package io.scrutin.hashgen;

import io.scrutin.event.Bytes;
import java.util.Optional;

/**
 * A row of {@code roll.roll}.
 *
 * @param hasVoters whether any tag is in already
 */
record KnownRoll(
    int number,
    long size,
    String scheme,
    Optional<String> keyId,
    Optional<Bytes> manifestSha256,
    boolean complete,
    boolean hasVoters) {}
