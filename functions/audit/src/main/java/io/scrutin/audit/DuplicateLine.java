package io.scrutin.audit;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;

/** A duplicate. Whose it was is not shown: under a tag, all attempts of one voter would meet. */
@Serdeable(naming = SnakeCaseStrategy.class)
record DuplicateLine(String requestId, int attempt, Instant at) {}
