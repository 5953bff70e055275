package io.scrutin.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a vote's trail.
 *
 * @param inTime whether the broker stamped it while the contest was open; false where that is not
 *     known
 * @param attempt which attempt of its voter it was, for duplicates
 */
record TrailEntry(
    Stage stage,
    String lawId,
    Instant at,
    boolean inTime,
    @Nullable String reason,
    @Nullable Integer attempt) {}
