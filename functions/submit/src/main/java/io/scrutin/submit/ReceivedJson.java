package io.scrutin.submit;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/** The vote is kept; its outcome is found under this id. */
@Serdeable(naming = SnakeCaseStrategy.class)
record ReceivedJson(String requestId) {}
