package io.scrutin.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a vote's trail.
 *
 * @param attempt which attempt of its voter it was, for duplicates
 */
record TrailEntry(
    Stage stage, String lawId, Instant at, @Nullable String reason, @Nullable Integer attempt) {}
