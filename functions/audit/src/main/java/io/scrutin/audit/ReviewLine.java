package io.scrutin.audit;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;

/** A vote that a person may have to look at. */
@Serdeable(naming = SnakeCaseStrategy.class)
record ReviewLine(String requestId, String reason, Instant at) {}
